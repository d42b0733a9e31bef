#pragma once

#include <QString>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

// SQLite does not see that a byte of its file is wrong. So each page of ours ends with a checksum,
// in bytes that SQLite leaves to others ("reserved bytes" of the file format): written when a page
// goes into the file, compared when it comes out. A page that does not match is never shown:
// reading it fails with SQLITE_IOERR_DATA. The log has checksums of its own.

/// So many bytes at the end of a page.
inline constexpr int checksumBytes = 8;

/// The name under which SQLite opens files with checksums in their pages; made at the first call.
const char *checkedFiles();

/// What a look at every page of a file found.
struct PageReport {
    bool hasChecksums = false;
    std::vector<std::uint32_t> damaged; ///< numbers of pages
    bool isCutOff = false;              ///< its first page says that there are more
};

/// What is wrong, for people: "2 of its pages are damaged, the first is 7". None if nothing is.
std::vector<std::string> inWords(const PageReport &report);
/// How many pages a file has, as its first one says; `header` are the first 100 bytes of that.
std::uint32_t pageCountOf(std::string_view header);

/// Whether a page of a file with checksums is as it was written. `seal` makes it so.
bool isSealed(std::string_view page, std::uint32_t number);
void seal(std::string &page, std::uint32_t number);

/// Reads a whole file that nobody writes to, and whose log is empty.
PageReport checkPages(const QString &file);
/// Whether the first page is one of ours but for the byte that says so.
bool hidesChecksums(const QString &file);

} // namespace engine
