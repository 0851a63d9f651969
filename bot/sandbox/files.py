"""Stored files: their bytes, their ids, and their sizes read from the first bytes."""

import struct
from dataclasses import dataclass, field

from bot.sandbox.errors import ApiError, Json, bad_request

NAMES = {
    "photo": "Photo",
    "document": "Document",
    "voice": "VoiceNote",
    "audio": "Audio",
    "video": "Video",
    "video_note": "VideoNote",
    "animation": "Animation",
    "sticker": "Sticker",
}
_FOLDERS = {
    "photo": "photos",
    "document": "documents",
    "voice": "voice",
    "audio": "music",
    "sticker": "stickers",
}
_TYPES = {
    "photo": ("image/jpeg", "jpg"),
    "document": ("application/octet-stream", "bin"),
    "voice": ("audio/ogg", "oga"),
    "audio": ("audio/mpeg", "mp3"),
    "video": ("video/mp4", "mp4"),
    "video_note": ("video/mp4", "mp4"),
    "animation": ("video/mp4", "mp4"),
    "sticker": ("image/webp", "webp"),
}
_TIMED = frozenset({"voice", "audio", "video", "video_note", "animation"})
_SIZED = frozenset({"photo", "video", "animation", "sticker"})
_PNG = b"\x89PNG\r\n\x1a\n"
_SIZE_MARKERS = frozenset({0xC0, 0xC1, 0xC2})
_SMALL = 320


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """Bytes as somebody hands them over."""

    data: bytes
    name: str | None = None
    mime: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that Telegram keeps; lengths in seconds, sizes in pixels."""

    file_id: str
    kind: str
    path: str
    data: bytes
    mime: str
    name: str | None
    duration: int
    width: int
    height: int

    @property
    def unique_id(self) -> str:
        """The id that is the same for every bot."""
        return f"AQ{self.file_id[4:]}"

    def body(self) -> Json:
        """Write the object of its kind (one PhotoSize for a photo)."""
        body: Json = {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
        }
        if self.kind in _SIZED:
            body |= {"width": self.width, "height": self.height}
        if self.kind in _TIMED:
            body["duration"] = self.duration
        if self.kind == "video_note":
            body["length"] = self.width
        if self.kind == "sticker":
            body |= {"type": "regular", "is_animated": False, "is_video": False, "emoji": "🙂"}
        elif self.kind not in {"photo", "video_note"}:
            body["mime_type"] = self.mime
        if self.name and self.kind in {"document", "audio", "video", "animation"}:
            body["file_name"] = self.name
        return body

    def content(self) -> Json:
        """Write the part of a message that shows this file."""
        body = self.body()
        if self.kind == "photo":
            longest = max(self.width, self.height)
            scale = min(1.0, _SMALL / longest)
            small = {
                **body,
                "file_id": f"{self.file_id}-s",
                "file_unique_id": f"{self.unique_id}-s",
                "width": max(1, round(self.width * scale)),
                "height": max(1, round(self.height * scale)),
            }
            return {"photo": [small, body]}
        if self.kind == "animation":
            document = {key: body[key] for key in body if key not in {"width", "height", "duration"}}
            return {"animation": body, "document": document}
        return {self.kind: body}


@dataclass(slots=True)
class Cabinet:
    """All files of a world."""

    by_id: dict[str, File] = field(default_factory=dict)
    by_path: dict[str, File] = field(default_factory=dict)

    def keep(self, kind: str, upload: Upload, *, duration: int | None = None) -> File:
        """File an upload under the next id."""
        number = len(self.by_id) + 1
        mime, ending = _TYPES[kind]
        if upload.name and "." in upload.name:
            ending = upload.name.rsplit(".", 1)[1].lower()
        width, height = pixels(upload.data)
        file = File(
            file_id=f"AgAC{kind}-{number:06d}",
            kind=kind,
            path=f"{_FOLDERS.get(kind, 'videos')}/file_{number}.{ending}",
            data=upload.data,
            mime=_mime(upload, mime),
            name=upload.name,
            duration=1 if duration is None else duration,
            width=width,
            height=height,
        )
        self.by_id[file.file_id] = file
        self.by_path[file.path] = file
        return file

    def find(self, file_id: str) -> File:
        """Find a file by any of its ids; 400 when there is none."""
        file = self.by_id.get(file_id.removesuffix("-s"))
        if file is None:
            raise _no_such_file()
        return file

    def find_as(self, file_id: str, kind: str) -> File:
        """Find a file that is to be sent again as `kind`; 400 when it is of another kind."""
        file = self.find(file_id)
        if file.kind != kind:
            raise bad_request(f"can't use file of type {NAMES[file.kind]} as {NAMES[kind]}")
        return file


def _no_such_file() -> ApiError:
    return bad_request("wrong file identifier/HTTP URL specified")


def _mime(upload: Upload, usual: str) -> str:
    if upload.data.startswith(_PNG):
        return "image/png"
    return upload.mime if upload.mime and upload.mime != "application/octet-stream" else usual


def pixels(data: bytes) -> tuple[int, int]:
    """Read width and height out of a PNG or JPEG; anything else counts as 800 by 600."""
    if data.startswith(_PNG) and len(data) >= 24:  # noqa: PLR2004 - signature and header
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data.startswith(b"\xff\xd8"):
        return _jpeg_pixels(data)
    return 800, 600


def _jpeg_pixels(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:  # noqa: PLR2004 - every segment starts so
        marker = data[at + 1]
        if marker in _SIZE_MARKERS:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return 800, 600
