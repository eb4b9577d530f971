"""The base class that all models share."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """Frozen and closed: no field is changed after validation, none is added."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", defer_build=True, validate_by_name=True, validate_by_alias=True
    )
