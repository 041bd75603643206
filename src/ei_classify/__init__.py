"""Every model-testing result of an Edge Impulse project, typed and whole.

`ClassifyClient` and `AsyncClassifyClient` read results and classify samples. The types of what they return,
such as `ModelPrediction` and `ClassifiedSample`, are in `ei_classify.models`; the most used ones are here as
well.

The names are listed in `__init__.pyi`. Each is imported when it is first used, so that the command line can
print its help at once.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
