# Sourced by ./run and ./test: makes .venv in the repository root and installs the package into it.
#
#   set_up            what ./run needs
#   set_up dev        and what ./test needs
#   set_up_programs   programs that some tests need (never ./run): installed where that may be done, named where not
#
# A stamp in .venv remembers what was installed (hash of pyproject.toml, Python's version, this folder), so that a second call
# costs a few milliseconds. Everything pip says goes to .venv/install.log; its last lines are shown when it fails.

minimum_python="3.11"

say() { printf '%s\n' "$*" >&2; }

# The first Python that is new enough, or an explanation and status 2.
find_python() {
    local name
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return 0
        fi
    done
    say "Lỗi: cần Python $minimum_python trở lên; máy này có: $(python3 --version 2>&1 || echo 'không có python3')."
    say "Cài Python $minimum_python (hoặc mới hơn) rồi chạy lại; hoặc chỉ rõ: PYTHON=/đường/dẫn/python3 $0"
    return 2
}

make_environment() {
    local python
    if .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        return 0
    fi
    python=$(find_python) || return 2
    say "Tạo môi trường Python trong .venv ..."
    rm -rf .venv
    if ! "$python" -m venv .venv >&2; then
        rm -rf .venv
        say "Lỗi: không tạo được môi trường Python. Trên Debian/Ubuntu: cài gói python3-venv rồi chạy lại."
        return 2
    fi
}

# What an installation depends on, as one line.
wanted_stamp() {
    .venv/bin/python - <<'PY'
import hashlib, pathlib, sys
print(hashlib.sha256(pathlib.Path("pyproject.toml").read_bytes()).hexdigest(), sys.version.split()[0], pathlib.Path.cwd())
PY
}

# Shows what pip is busy with: one changing line on a terminal, nothing otherwise.
show_progress() {
    local word name rest
    while read -r word name rest; do
        if [ -t 2 ] && { [ "$word" = Collecting ] || [ "$word" = Downloading ] || [ "$word" = Installing ]; }; then
            printf '\r\033[K  %s %.60s' "$word" "$name" >&2
        fi
    done
    if [ -t 2 ]; then printf '\r\033[K' >&2; fi
}

# Bytecode of our own modules, so that commands start fast even where Python is told not to write any (a few milliseconds when
# nothing changed).
compile_rooms() {
    .venv/bin/python -m compileall -q ontology documents embeddings graph questions api
}

set_up() {
    local extras=${1:-} target="." stamp=".venv/installed" log=".venv/install.log" wanted
    make_environment || return
    if [ -n "$extras" ]; then
        target=".[$extras]"
        stamp="$stamp-$extras"
    fi
    wanted=$(wanted_stamp)
    if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
        compile_rooms
        return 0
    fi
    say "Cài đặt các gói cần thiết (lần đầu mất vài phút, ghi vào $log) ..."
    if ! .venv/bin/python -m pip install --only-binary :all: --progress-bar off --editable "$target" 2>&1 | tee "$log" | show_progress; then
        tail -n 12 "$log" >&2
        say "Lỗi: không cài được các gói. Kiểm tra mạng (hoặc nguồn gói nội bộ mà pip dùng) và dung lượng đĩa, rồi chạy lại."
        say "Toàn bộ thông báo: $log"
        return 2
    fi
    printf '%s\n' "$wanted" > "$stamp"
    printf '%s\n' "$wanted" > .venv/installed
    compile_rooms
}

# Whether a font is installed that stands in for Times New Roman and has Vietnamese letters.
has_vietnamese_font() {
    command -v fc-list > /dev/null && fc-list ':lang=vi' family | grep -q 'Liberation Serif'
}

# The Debian packages of the programs that are missing, one a line: what makes office files and scans, and what reads them.
missing_packages() {
    command -v tesseract > /dev/null || echo tesseract-ocr
    tesseract --list-langs 2> /dev/null | grep -qx vie || echo tesseract-ocr-vie
    tesseract --list-langs 2> /dev/null | grep -qx osd || echo tesseract-ocr-osd
    command -v soffice > /dev/null || command -v libreoffice > /dev/null || echo libreoffice-writer-nogui
    if ! has_vietnamese_font; then
        # version 2 of the fonts has the letters; newer systems call it just fonts-liberation
        if apt-cache show fonts-liberation2 > /dev/null 2>&1; then echo fonts-liberation2; else echo fonts-liberation; fi
        command -v fc-list > /dev/null || echo fontconfig
    fi
}

# Installs them where this is root on a system with apt (about 90 MB, a minute); elsewhere, or when it fails, says which ones
# are missing and goes on: the tests that need them are skipped and say so.
set_up_programs() {
    local packages log=".venv/packages.log"
    packages=$(missing_packages | sort -u | tr '\n' ' ')
    if [ -z "$packages" ]; then return 0; fi
    if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
        say "Cài các gói hệ thống mà một số phép thử cần: $packages(ghi vào $log) ..."
        export DEBIAN_FRONTEND=noninteractive
        if apt-get update > "$log" 2>&1; then
            packages=$(missing_packages | sort -u | tr '\n' ' ')
            # shellcheck disable=SC2086
            apt-get install --yes --no-install-recommends $packages >> "$log" 2>&1 || tail -n 5 "$log" >&2
        else
            tail -n 5 "$log" >&2
        fi
    fi
    packages=$(missing_packages | sort -u | tr '\n' ' ')
    if [ -n "$packages" ]; then
        say "Thiếu gói hệ thống: $packages"
        say "Các phép thử cần chúng sẽ được bỏ qua. Trên Debian/Ubuntu (quyền root): apt-get install --no-install-recommends $packages"
    fi
}
