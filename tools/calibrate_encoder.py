#!/usr/bin/env python3
"""Fits the numbers of ``[encoder]`` in ``parameters.toml`` on articles that no model has seen.

    python tools/calibrate_encoder.py ANSWERS.json

ANSWERS.json is what ``train_encoder.py --hold-out N`` writes. The linear models are trained anew
without these articles, so that both judges meet them for the first time; half of the articles
fits, the other half is measured, and the other way about.

Prints average precision by the linear judge's share, the calibrated curve, and the marks, claims
and bullets that a reader would see. Needs what ``train_digest.py`` needs.
"""

import argparse
import json
import math
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from digest_labels import Labelled, load
from sklearn.linear_model import LogisticRegression
from train_digest import train

from briefing.digest.caveats.learned import LearnedJudge
from briefing.digest.encoder.encoder import KINDS, Answers, answers_of

ROOT = Path(__file__).resolve().parent.parent
SHARES = (0.0, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0)
