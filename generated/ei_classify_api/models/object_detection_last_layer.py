from enum import StrEnum


class ObjectDetectionLastLayer(StrEnum):
    FOMO = "fomo"
    MOBILENET_SSD = "mobilenet-ssd"
    PADDLEOCR_DETECTOR = "paddleocr-detector"
    QC_FACE_DET_LITE = "qc-face-det-lite"
    QC_YOLOX = "qc-yolox"
    TAO_RETINANET = "tao-retinanet"
    TAO_SSD = "tao-ssd"
    TAO_YOLOV3 = "tao-yolov3"
    TAO_YOLOV4 = "tao-yolov4"
    YOLOV11 = "yolov11"
    YOLOV11_ABS = "yolov11-abs"
    YOLOV2_AKIDA = "yolov2-akida"
    YOLOV5 = "yolov5"
    YOLOV5V5_DRPAI = "yolov5v5-drpai"
    YOLOV7 = "yolov7"
    YOLOX = "yolox"
    YOLO_PRO = "yolo-pro"

    def __str__(self) -> str:
        return str(self.value)
