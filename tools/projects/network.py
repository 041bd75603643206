"""Small networks: trained in double precision, run by ONNX Runtime in float32 and, quantized, in int8."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import onnxruntime
from onnxruntime.quantization import (
    CalibrationDataReader,
    QuantFormat,
    QuantType,
    quant_pre_process,
    quantize_static,
)
from sklearn.exceptions import ConvergenceWarning

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

VARIANTS = ("float32", "int8")
OPSET = 17
IR_VERSION = 8
INTEGER_KERNELS = {"QGemm", "QLinearMatMul", "QLinearConv"}


class Network:
    """One trained network in both variants."""

    def __init__(self, model: onnx.ModelProto, calibration: np.ndarray) -> None:
        onnx.checker.check_model(model, full_check=True)
        self._sessions = {
            "float32": _session(model.SerializeToString()),
            "int8": _session(_quantized(model, calibration), integer=True),
        }

    def run(self, variant: str, inputs: np.ndarray) -> np.ndarray:
        """The outputs of one variant, one input at a time, as a device would compute them."""
        session = self._sessions[variant]
        rows = [session.run(None, {"input": row[None].astype(np.float32)})[0][0] for row in inputs]
        return np.stack(rows).astype(np.float64)


def scores(variant: str, outputs: Any) -> Any:
    """Outputs as they are stored: float32 to 4 decimals, int8 to 6, which tells its 256 steps apart."""
    return np.round(outputs, 6 if variant == "int8" else 4).tolist()


def layers(estimator: Any) -> list[tuple[np.ndarray, np.ndarray]]:
    """Weights and biases of a fitted scikit-learn perceptron, cut to the digits that float32 can carry."""
    return [
        (_six_digits(weights), _six_digits(bias))
        for weights, bias in zip(estimator.coefs_, estimator.intercepts_, strict=True)
    ]


def fit(estimator: Any, inputs: np.ndarray, targets: Any) -> Any:
    """The estimator, fitted for as many steps as it has, which is not always until it converges."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return estimator.fit(inputs, targets)


def dense(weights: Sequence[tuple[np.ndarray, np.ndarray]], *, softmax: bool) -> onnx.ModelProto:
    """Fully connected layers with ReLU between them."""
    nodes, constants, name = [], [], "input"
    for number, (matrix, bias) in enumerate(weights):
        constants += [_constant(f"w{number}", matrix), _constant(f"b{number}", bias)]
        nodes.append(onnx.helper.make_node("Gemm", [name, f"w{number}", f"b{number}"], [f"dense{number}"]))
        name = f"dense{number}"
        if number < len(weights) - 1:
            nodes.append(onnx.helper.make_node("Relu", [name], [f"relu{number}"]))
            name = f"relu{number}"
    if softmax:
        nodes.append(onnx.helper.make_node("Softmax", [name], ["softmax"], axis=1))
        name = "softmax"
    return graph(nodes, constants, [1, weights[0][0].shape[0]], name, [1, weights[-1][0].shape[1]])


def graph(
    nodes: list[onnx.NodeProto],
    constants: list[onnx.TensorProto],
    input_shape: list[int],
    output: str,
    output_shape: list[int],
) -> onnx.ModelProto:
    """A model of these nodes from `input` to the value named `output`."""
    real = onnx.TensorProto.FLOAT
    body = onnx.helper.make_graph(
        nodes,
        "network",
        [onnx.helper.make_tensor_value_info("input", real, input_shape)],
        [onnx.helper.make_tensor_value_info(output, real, output_shape)],
        constants,
    )
    return onnx.helper.make_model(
        body, opset_imports=[onnx.helper.make_opsetid("", OPSET)], ir_version=IR_VERSION
    )


def constant(name: str, values: np.ndarray) -> onnx.TensorProto:
    """A named constant of a model."""
    return _constant(name, _six_digits(values))


def _constant(name: str, values: np.ndarray) -> onnx.TensorProto:
    return onnx.numpy_helper.from_array(np.ascontiguousarray(values, dtype=np.float32), name)


def _six_digits(values: np.ndarray) -> np.ndarray:
    # The last bits of a training differ from one processor to the next; they shall not reach the models.
    return np.vectorize(lambda value: float(f"{value:.6g}"), otypes=[np.float64])(values)


def _session(model: bytes, *, integer: bool = False) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    with tempfile.TemporaryDirectory() as folder:
        optimized = Path(folder) / "optimized.onnx"
        options.optimized_model_filepath = str(optimized)
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        kernels = {node.op_type for node in onnx.load(optimized).graph.node}
    if integer and (not kernels & INTEGER_KERNELS or kernels & {"Gemm", "MatMul", "Conv"}):
        raise RuntimeError(
            f"the quantized network would not be executed in integers but by {sorted(kernels)}"
        )
    return session


def _quantized(model: onnx.ModelProto, calibration: np.ndarray) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        given, prepared, written = (Path(folder) / f"{name}.onnx" for name in ("given", "prepared", "int8"))
        onnx.save(model, given)
        quant_pre_process(given, prepared, skip_symbolic_shape=True)
        quantize_static(
            prepared,
            written,
            _Rows(calibration),
            quant_format=QuantFormat.QDQ,
            # Unsigned on both sides: the kernels for signed weights saturate on some processors.
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QUInt8,
        )
        return written.read_bytes()


class _Rows(CalibrationDataReader):  # type: ignore[misc]  # the library has no types
    def __init__(self, inputs: np.ndarray) -> None:
        self._rows = iter(inputs.astype(np.float32))

    def get_next(self) -> dict[str, np.ndarray] | None:
        row = next(self._rows, None)
        return None if row is None else {"input": row[None]}


def standardizer(inputs: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    """A function that shifts and scales features as the given ones need it for mean 0 and deviation 1."""
    mean, deviation = inputs.mean(axis=0), inputs.std(axis=0)
    deviation = np.where(deviation > 0, deviation, 1.0)
    return lambda more: (more - mean) / deviation
