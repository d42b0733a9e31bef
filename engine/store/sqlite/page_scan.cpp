#include "engine/store/sqlite/page_scan.h"

#include "engine/store/sqlite/sqlite_connection.h"
#include "engine/store/sqlite/sqlite_mend.h"

#include <QVariant>

#include <sqlite3.h>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace engine {
namespace {

constexpr int headerBytes = 100;
/// Between two questions whether to stop: less than a millisecond.
constexpr std::uint32_t pagesATime = 256;
/// A page that somebody wrote just then matches when it is read again.
constexpr int looks = 3;

/// Reads pages through the connection's file, so that they are checked as all others: one opened
/// beside it would, when it is closed, take away the locks that SQLite holds for this process.
class Pages
{
public:
    explicit Pages(SqliteConnection &connection)
        : m_connection(connection)
    {
        (void)sqlite3_file_control(
            connection.handle(), "main", SQLITE_FCNTL_FILE_POINTER, &m_file);
        const auto size = connection.value(u"pragma page_size"_s);
        m_page.resize(size ? std::size_t(size->toInt()) : 0);
    }

    bool canBeRead() const
    {
        return m_file && m_file->pMethods && !m_page.empty() &&
               m_connection.reserved() == checksumBytes;
    }

    std::uint32_t count() const
    {
        sqlite3_int64 bytes = 0;
        (void)m_file->pMethods->xFileSize(m_file, &bytes);
        return static_cast<std::uint32_t>(bytes / sqlite3_int64(m_page.size()));
    }

    bool isCutOff() const
    {
        std::array<char, headerBytes> header{};
        const int code = m_file->pMethods->xRead(m_file, header.data(), headerBytes, 0);
        return code == SQLITE_OK && pageCountOf({header.data(), header.size()}) > count();
    }

    /// Also one that the disk does not give. One that was never used is all zeros.
    bool isDamaged(std::uint32_t number)
    {
        const auto size = sqlite3_int64(m_page.size());
        std::ranges::fill(m_page, 0);
        const int code =
            m_file->pMethods->xRead(m_file, m_page.data(), int(size), (number - 1) * size);
        if (code == SQLITE_OK)
            return false;
        return code != SQLITE_IOERR_DATA ||
               std::ranges::any_of(m_page, [](char byte) { return byte != 0; });
    }

    /// Whether all that was in the log is in the file by now; somebody who reads may prevent it.
    bool moveLog()
    {
        QSqlQuery moved(m_connection.database());
        return moved.exec(u"pragma wal_checkpoint(passive)"_s) && moved.next() &&
               moved.value(0).toInt() == 0 && moved.value(1) == moved.value(2);
    }

private:
    SqliteConnection &m_connection;
    sqlite3_file *m_file = nullptr;
    std::vector<char> m_page;
};

/// Of all pages, those that do not match; nothing if it was to stop.
PageReport lookAtAll(Pages &pages, const PageScan::Stops &stops)
{
    PageReport report{.hasChecksums = true, .isCutOff = pages.isCutOff()};
    const std::uint32_t count = pages.count();
    for (std::uint32_t number = 1; number <= count; ++number) {
        if (number % pagesATime == 1 && stops(0ms))
            return {};
        if (pages.isDamaged(number))
            report.damaged.push_back(number);
    }
    return report;
}

bool isWhole(const PageReport &report) { return report.damaged.empty() && !report.isCutOff; }

/// What of it is so still when all of the log is in the file.
PageReport lookAgain(Pages &pages, PageReport report, const PageScan::Stops &stops)
{
    while (!pages.moveLog()) {
        if (stops(100ms))
            return {};
    }
    std::erase_if(
        report.damaged, [&pages](std::uint32_t number) { return !pages.isDamaged(number); });
    report.isCutOff = report.isCutOff && pages.isCutOff();
    return report;
}

} // namespace

Result<std::unique_ptr<PageScan>> PageScan::open(const std::string &directory)
{
    auto connection = SqliteConnection::open(
        databaseFile(QString::fromStdString(directory)), SqliteConnection::Access::ReadWrite);
    if (!connection)
        return connection.error();
    return std::unique_ptr<PageScan>(new PageScan(*std::move(connection)));
}

PageScan::PageScan(std::unique_ptr<SqliteConnection> connection)
    : m_connection(std::move(connection))
{}

PageScan::~PageScan() = default;

std::string PageScan::file() const { return m_connection->file().toStdString(); }

PageReport PageScan::run(const Stops &stops)
{
    Pages pages(*m_connection);
    if (!pages.canBeRead())
        return {};
    PageReport report = lookAtAll(pages, stops);
    for (int look = 1; look < looks && !isWhole(report); ++look)
        report = lookAgain(pages, std::move(report), stops);
    if (!isWhole(report))
        noteDamage(m_connection->file());
    return report;
}

} // namespace engine
