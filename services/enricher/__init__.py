"""Raw articles in, enriched articles out."""

import os

# Before anything here imports NumPy: OpenBLAS would start a thread per core for matrices that are
# far too small for it, which costs more than twice the CPU. The pool is what uses the cores.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
