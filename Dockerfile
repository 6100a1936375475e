# The base image is pinned by its version tag. A tag can be moved; a digest cannot. Its digest could not be looked up
# where this file was written. To pin it, run
#     docker buildx imagetools inspect python:3.12.12-slim-bookworm
# and put the digest that it prints behind the tag: python:3.12.12-slim-bookworm@sha256:...
ARG PYTHON_IMAGE=python:3.12.12-slim-bookworm


FROM ${PYTHON_IMAGE} AS builder

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1
WORKDIR /src
RUN python -m venv /opt/rai

# The packages first, in a layer of their own: they change seldom, the code often.
COPY requirements.txt ./
RUN /opt/rai/bin/pip install --require-hashes -r requirements.txt

COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY adapters ./adapters
COPY knowledge ./knowledge
COPY migrations ./migrations
# Not editable: the final stage has no source tree, and needs neither pip nor setuptools.
RUN /opt/rai/bin/pip install --no-deps --no-build-isolation . \
    && /opt/rai/bin/pip uninstall --yes setuptools pip
# Fails the build where entries, migrations or the council's sample did not come along.
RUN cd / && RAI_DATA_DIR=/tmp/try /opt/rai/bin/rai kb check \
    && RAI_DATA_DIR=/tmp/try /opt/rai/bin/rai db upgrade \
    && rm -r /tmp/try


FROM ${PYTHON_IMAGE}

LABEL org.opencontainers.image.title="RAI Office Hours" \
      org.opencontainers.image.description="A chatbot for responsible-AI office hours" \
      org.opencontainers.image.licenses="Apache-2.0"

COPY --from=builder /opt/rai /opt/rai

# A number instead of a name: an orchestrator can see that it is not root. /data is its own, and nobody else's.
RUN install -d -m 0700 -o 10001 -g 10001 /data
USER 10001:10001
WORKDIR /data
VOLUME /data

# The port is reached from outside the container, so it cannot be loopback. Secrets come at run time, never in here.
ENV PATH=/opt/rai/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    RAI_DATA_DIR=/data \
    RAI_HOST=0.0.0.0 \
    RAI_PORT=3978
EXPOSE 3978

HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f'http://127.0.0.1:{os.environ[\"RAI_PORT\"]}/healthz', timeout=4)"]

ENTRYPOINT ["rai"]
CMD ["serve"]
