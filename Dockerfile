# One image for web, worker, beat and set-up; what differs is the command (docker-compose.yml).
FROM node:20-bookworm-slim AS front
WORKDIR /gendan
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /var/lib/gendan --create-home gendan
WORKDIR /gendan
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY --from=front /gendan/node_modules node_modules
COPY . .
ENV PYTHONUNBUFFERED=1 GENDAN_HOME=/var/lib/gendan GENDAN_ENV=production GENDAN_BIND=0.0.0.0 GENDAN_PORT=8000
USER gendan
EXPOSE 8000
VOLUME /var/lib/gendan
CMD ["python", "-m", "gunicorn", "--config", "config/gunicorn.py"]
