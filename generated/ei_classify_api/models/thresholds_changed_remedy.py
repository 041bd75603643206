from enum import StrEnum


class ThresholdsChangedRemedy(StrEnum):
    CAN_REGENERATE_MODEL_SUMMARY = "can_regenerate_model_summary"
    SHOULD_RERUN_FULL_JOB = "should_rerun_full_job"

    def __str__(self) -> str:
        return str(self.value)
