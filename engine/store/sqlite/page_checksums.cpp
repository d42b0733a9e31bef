#include "engine/store/sqlite/page_checksums.h"

#include "engine/store/crc32c.h"

#include <QFile>

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <new>

namespace engine {
namespace {

constexpr std::string_view magic{"SQLite format 3", 16};
constexpr int headerBytes = 100;
constexpr int reservedAt = 20; // in the header of the file, with the size of a page at 16

bool isHeaderOfOurs(std::string_view header)
{
    return header.starts_with(magic) && header.size() >= headerBytes &&
           header[reservedAt] == char{checksumBytes};
}

bool isPage(int size, sqlite3_int64 offset)
{
    return size >= 512 && std::has_single_bit(static_cast<unsigned>(size)) && offset % size == 0;
}

std::uint32_t numberOf(int size, sqlite3_int64 offset)
{
    return static_cast<std::uint32_t>(offset / size + 1);
}

/// The checksum, and its complement, so that no byte of a page is without.
std::array<char, checksumBytes> trailerOf(std::string_view page, std::uint32_t number)
{
    std::array<char, 4> key{};
    std::memcpy(key.data(), &number, key.size());
    const std::uint32_t sum =
        crc32c(page.substr(0, page.size() - checksumBytes), crc32c({key.data(), key.size()}));
    std::array<char, checksumBytes> trailer{};
    for (std::size_t i = 0; i < 4; ++i) {
        trailer[i] = static_cast<char>(sum >> (8 * i));
        trailer[4 + i] = static_cast<char>(~trailer[i]);
    }
    return trailer;
}

/// A database file as SQLite opens it; the system's own file object stands behind it in memory.
struct CheckedFile {
    sqlite3_file base;
    bool hasChecksums;
};

CheckedFile &ours(sqlite3_file *file) { return *reinterpret_cast<CheckedFile *>(file); }

sqlite3_file *behind(sqlite3_file *file)
{
    return reinterpret_cast<sqlite3_file *>(reinterpret_cast<CheckedFile *>(file) + 1);
}

int read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 offset)
{
    sqlite3_file *real = behind(file);
    const int code = real->pMethods->xRead(real, bytes, size, offset);
    if (!ours(file).hasChecksums || !isPage(size, offset))
        return code;
    // What lies behind the end of a file that was cut off comes as zeros.
    if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ)
        return code;
    const std::string_view page(static_cast<const char *>(bytes), static_cast<std::size_t>(size));
    return isSealed(page, numberOf(size, offset)) ? code : SQLITE_IOERR_DATA;
}

int write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset)
{
    sqlite3_file *real = behind(file);
    const std::string_view given(static_cast<const char *>(bytes), static_cast<std::size_t>(size));
    if (offset == 0 && size >= headerBytes && given.starts_with(magic))
        ours(file).hasChecksums = isHeaderOfOurs(given);
    if (!ours(file).hasChecksums || !isPage(size, offset))
        return real->pMethods->xWrite(real, bytes, size, offset);
    thread_local std::string page; // the bytes are SQLite's
    page.assign(given);
    seal(page, numberOf(size, offset));
    return real->pMethods->xWrite(real, page.data(), size, offset);
}

// All others go to the file behind.
int close(sqlite3_file *f) { return behind(f)->pMethods->xClose(behind(f)); }
int truncate(sqlite3_file *f, sqlite3_int64 size)
{
    return behind(f)->pMethods->xTruncate(behind(f), size);
}
int sync(sqlite3_file *f, int flags) { return behind(f)->pMethods->xSync(behind(f), flags); }
int fileSize(sqlite3_file *f, sqlite3_int64 *size)
{
    return behind(f)->pMethods->xFileSize(behind(f), size);
}
int lock(sqlite3_file *f, int level) { return behind(f)->pMethods->xLock(behind(f), level); }
int unlock(sqlite3_file *f, int level) { return behind(f)->pMethods->xUnlock(behind(f), level); }
int checkLock(sqlite3_file *f, int *held)
{
    return behind(f)->pMethods->xCheckReservedLock(behind(f), held);
}
int control(sqlite3_file *f, int what, void *argument)
{
    return behind(f)->pMethods->xFileControl(behind(f), what, argument);
}
int sectorSize(sqlite3_file *f) { return behind(f)->pMethods->xSectorSize(behind(f)); }
int characteristics(sqlite3_file *f)
{
    // Newer ones read parts of a page if the system can, which would pass by the checksum.
    constexpr int readsParts = 0x8000; // SQLITE_IOCAP_SUBPAGE_READ
    return behind(f)->pMethods->xDeviceCharacteristics(behind(f)) & ~readsParts;
}
int shmMap(sqlite3_file *f, int region, int size, int extend, void volatile **memory)
{
    return behind(f)->pMethods->xShmMap(behind(f), region, size, extend, memory);
}
int shmLock(sqlite3_file *f, int offset, int count, int flags)
{
    return behind(f)->pMethods->xShmLock(behind(f), offset, count, flags);
}
void shmBarrier(sqlite3_file *f) { behind(f)->pMethods->xShmBarrier(behind(f)); }
int shmUnmap(sqlite3_file *f, int remove)
{
    return behind(f)->pMethods->xShmUnmap(behind(f), remove);
}
/// Never out of mapped memory: it would pass by read().
int fetch(sqlite3_file *, sqlite3_int64, int, void **page)
{
    *page = nullptr;
    return SQLITE_OK;
}
int unfetch(sqlite3_file *, sqlite3_int64, void *) { return SQLITE_OK; }

constexpr sqlite3_io_methods methods{3, close, read, write, truncate, sync, fileSize, lock, unlock,
    checkLock, control, sectorSize, characteristics, shmMap, shmLock, shmBarrier, shmUnmap, fetch,
    unfetch};

sqlite3_vfs *system(sqlite3_vfs *vfs) { return static_cast<sqlite3_vfs *>(vfs->pAppData); }

int open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *got)
{
    sqlite3_vfs *real = system(vfs);
    if ((flags & SQLITE_OPEN_MAIN_DB) == 0) // logs and such: as they are
        return real->xOpen(real, name, file, flags, got);
    auto *checked = new (file) CheckedFile{};
    const int code = real->xOpen(real, name, behind(file), flags, got);
    if (code != SQLITE_OK)
        return code;
    checked->base.pMethods = &methods;
    std::array<char, headerBytes> header{};
    const int seen = behind(file)->pMethods->xRead(behind(file), header.data(), headerBytes, 0);
    // A new file gets its first page last when it is larger than SQLite's cache.
    sqlite3_int64 bytes = 0;
    const bool isNew =
        behind(file)->pMethods->xFileSize(behind(file), &bytes) == SQLITE_OK && bytes == 0;
    checked->hasChecksums =
        isNew || (seen == SQLITE_OK && isHeaderOfOurs({header.data(), header.size()}));
    return SQLITE_OK;
}

/// Forwards to the system's; only opening is ours.
sqlite3_vfs makeCheckedFiles()
{
    sqlite3_vfs *real = sqlite3_vfs_find(nullptr);
    sqlite3_vfs vfs = *real;
    vfs.szOsFile = real->szOsFile + int{sizeof(CheckedFile)};
    vfs.zName = "signalbox";
    vfs.pNext = nullptr;
    vfs.pAppData = real;
    vfs.xOpen = open;
    return vfs;
}

int pageSizeOf(std::string_view header)
{
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(header[at]); };
    const int size = byte(16) * 256 + byte(17);
    return size == 1 ? 65'536 : size;
}

} // namespace

std::vector<std::string> inWords(const PageReport &report)
{
    std::vector<std::string> words;
    if (!report.damaged.empty())
        words.push_back(std::to_string(report.damaged.size()) +
                        " of its pages are damaged, the first is " +
                        std::to_string(report.damaged.front()));
    if (report.isCutOff)
        words.emplace_back("its end is cut off");
    return words;
}

std::uint32_t pageCountOf(std::string_view header)
{
    std::uint32_t count = 0;
    for (std::size_t at = 28; at < 32; ++at)
        count = count << 8 | static_cast<unsigned char>(header[at]);
    return count;
}

bool isSealed(std::string_view page, std::uint32_t number)
{
    const auto trailer = trailerOf(page, number);
    return page.ends_with(std::string_view(trailer.data(), trailer.size()));
}

void seal(std::string &page, std::uint32_t number)
{
    const auto trailer = trailerOf(page, number);
    page.replace(page.size() - checksumBytes, checksumBytes, trailer.data(), checksumBytes);
}

const char *checkedFiles()
{
    static sqlite3_vfs vfs = makeCheckedFiles();
    static const int registered = sqlite3_vfs_register(&vfs, 0);
    (void)registered;
    return vfs.zName;
}

PageReport checkPages(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray header = file.peek(headerBytes);
    PageReport report{.hasChecksums = isHeaderOfOurs({header.data(), std::size_t(header.size())})};
    const int size = report.hasChecksums ? pageSizeOf({header.data(), headerBytes}) : 0;
    if (!isPage(size, 0))
        return report;
    report.isCutOff = file.size() < qint64{pageCountOf({header.data(), headerBytes})} * size;
    QByteArray page(size, Qt::Uninitialized);
    for (std::uint32_t number = 1; file.read(page.data(), size) > 0; ++number) {
        const std::string_view bytes(page.data(), static_cast<std::size_t>(size));
        // A page that was never used is all zeros.
        if (!isSealed(bytes, number) && std::ranges::any_of(bytes, [](char b) { return b != 0; }))
            report.damaged.push_back(number);
    }
    return report;
}

bool hidesChecksums(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray header = file.peek(headerBytes);
    if (header.size() < headerBytes || header[reservedAt] == char{checksumBytes})
        return false;
    QByteArray page = file.read(pageSizeOf({header.data(), headerBytes}));
    page[reservedAt] = char{checksumBytes};
    const std::string_view bytes(page.data(), static_cast<std::size_t>(page.size()));
    return isPage(static_cast<int>(page.size()), 0) && isSealed(bytes, 1);
}

} // namespace engine
