"""What a run tells about itself: events for logs, spans and metrics for OpenTelemetry, times of stages.

Silent and all but free until somebody listens: a logger with handlers, a host that set OpenTelemetry up, `--profile`.
"""
