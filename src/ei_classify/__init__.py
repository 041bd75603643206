"""All model-testing results of an Edge Impulse project, as typed objects.

`ClassifyClient` and `AsyncClassifyClient` read results and classify samples. They return objects such as
`ModelPrediction` and `ClassifiedSample`. `ei_classify.models` has all of these types, and this package
exports the most common ones.

`__init__.pyi` lists the exported names. Each is imported when it is first used, so that the command line
prints its help at once.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
