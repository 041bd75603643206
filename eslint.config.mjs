import js from "@eslint/js";

export default [
  js.configs.recommended,
  {
    files: ["src/ei_classify/report/assets/*.js"],
    languageOptions: {
      globals: Object.fromEntries(
        ["addEventListener", "document", "IntersectionObserver", "performance", "window"].map((name) => [name, "readonly"]),
      ),
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "no-implied-eval": "error",
      "no-eval": "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML", "write"].map((property) => ({
          property,
          message: "Text from a server would become markup. Set textContent.",
        })),
      ],
    },
  },
];
