# syntax=docker/dockerfile:1

# One image per extra of pyproject.toml:
#   docker build --build-arg EXTRA=indexer --target worker .
#   docker build --build-arg EXTRA=provision --target job .
#
# arm64: all locked wheels exist for Linux on arm64 but faust-streaming's. There it is built from its
# source archive, and without a compiler that gives its pure Python form: slower, no less correct.
ARG PYTHON_IMAGE=python:3.11-slim

# hadolint ignore=DL3006  # the tag is in the variable
FROM ${PYTHON_IMAGE} AS build
ARG UV_VERSION=0.13.9
RUN pip install --no-cache-dir --root-user-action=ignore "uv==${UV_VERSION}"
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_NO_PROGRESS=1 \
    UV_PYTHON_DOWNLOADS=never \
    UV_SYSTEM_CERTS=1
WORKDIR /app
ARG EXTRA
# The libraries come first: they change less often than our code, and are cached as one layer.
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --frozen --no-dev --no-install-project --extra "${EXTRA:?--build-arg EXTRA=NAME}"
COPY README.md ./
COPY schemas schemas
COPY services services
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --frozen --no-dev --extra "${EXTRA}"

# hadolint ignore=DL3006  # the tag is in the variable
FROM ${PYTHON_IMAGE} AS runtime
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp
WORKDIR /app
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["newsreel"]

# A command that ends: no health check.
FROM runtime AS job
COPY deploy deploy
COPY seeds seeds

# A process that stays. http.client, unlike urllib.request, never goes through a configured proxy.
FROM runtime AS worker
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=6 \
    CMD ["python", "-ISc", "import http.client as h; c = h.HTTPConnection('127.0.0.1', 8080, timeout=4); c.request('GET', '/livez'); raise SystemExit(c.getresponse().status != 200)"]
