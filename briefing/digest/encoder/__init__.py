"""The encoder: a small transformer that reads each sentence in its article.

It is made by ``tools/train_encoder.py`` and run by onnxruntime. Where that or the weights are
missing, nothing here is used and the linear models judge alone.
"""
