#include "engine/store/sqlite/file_head.h"

#include "engine/store/crc32c.h"
#include "engine/store/sqlite/page_checksums.h"

#include <QDataStream>
#include <QFile>
#include <QSaveFile>
#include <QVariant>

#include <sys/stat.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>

using namespace Qt::StringLiterals;

namespace engine {
namespace {

constexpr quint32 mark = 0x53424831; // "SBH1"
/// More than any list of tables of ours has.
constexpr std::size_t mostPages = 64;

// Places in the file's header, as in the description of SQLite's file format.
constexpr std::size_t changesAt = 24;
constexpr std::size_t pageCountAt = 28;
constexpr std::size_t firstFreeAt = 32;
constexpr std::size_t freeCountAt = 36;
constexpr std::size_t schemaVersionAt = 40;
constexpr std::size_t changesOfSizeAt = 92;
constexpr std::size_t headerBytes = 100;

using Pages = std::map<std::uint32_t, std::string>;

struct Head {
    quint64 file = 0; ///< whose it is
    quint32 pageSize = 0;
    Pages pages; ///< by number, from 1
};

std::uint32_t numberAt(std::string_view bytes, std::size_t at, std::size_t size = 4)
{
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < size; ++i)
        number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
    return number;
}

void setNumber(std::string &bytes, std::size_t at, std::uint32_t number)
{
    for (std::size_t i = 0; i < 4; ++i)
        bytes[at + i] = static_cast<char>(number >> (24 - 8 * i));
}

QString nameOf(const QString &file) { return file + u"-head"_s; }

/// What a file keeps when it is renamed, and a copy of it does not have.
quint64 identityOf(const QString &file)
{
    struct stat status{};
    return stat(QFile::encodeName(file).constData(), &status) == 0 ? status.st_ino : 0;
}

/// Reads the tree of the list of tables, page by page from the first one.
class SchemaPages
{
public:
    SchemaPages(const QString &file, quint32 pageSize)
        : m_file(file)
        , m_pageSize(pageSize)
    {}

    /// Nothing if one of them cannot be read as it was written.
    std::optional<Pages> read()
    {
        if (!m_file.open(QIODevice::ReadOnly) || !add(1))
            return std::nullopt;
        return std::move(m_pages);
    }

private:
    bool add(std::uint32_t number)
    {
        constexpr char leaf = 13;
        constexpr char interior = 5;
        if (number == 0 || m_pages.contains(number) || m_pages.size() >= mostPages ||
            !m_file.seek(qint64{number - 1} * m_pageSize))
            return false;
        const std::string page = m_file.read(m_pageSize).toStdString();
        if (page.size() != m_pageSize || !isSealed(page, number))
            return false;
        m_pages[number] = page;
        const std::size_t at = number == 1 ? headerBytes : 0;
        return page[at] == leaf || (page[at] == interior && addChildren(page, at));
    }

    bool addChildren(const std::string &page, std::size_t at)
    {
        const std::uint32_t cells = numberAt(page, at + 3, 2);
        for (std::uint32_t cell = 0; cell < cells; ++cell) {
            const std::size_t pointer = at + 12 + 2 * std::size_t{cell};
            if (pointer + 2 > page.size())
                return false;
            const std::size_t place = numberAt(page, pointer, 2);
            if (place + 4 > page.size() || !add(numberAt(page, place)))
                return false;
        }
        return add(numberAt(page, at + 8));
    }

    QFile m_file;
    quint32 m_pageSize;
    Pages m_pages;
};

/// The first page without what changes with every commit.
std::string lasting(std::string page)
{
    for (const std::size_t at :
        {changesAt, pageCountAt, firstFreeAt, freeCountAt, changesOfSizeAt})
        setNumber(page, at, 0);
    page.resize(page.size() - checksumBytes);
    return page;
}

bool saysTheSame(const Head &a, Pages b)
{
    if (a.pages.empty() || b.empty() || a.pages.begin()->first != 1)
        return false;
    Pages kept = a.pages;
    kept[1] = lasting(kept[1]);
    b[1] = lasting(b[1]);
    return kept == b;
}

std::optional<Head> keptHead(const QString &file)
{
    QFile stored(nameOf(file));
    if (!stored.open(QIODevice::ReadOnly))
        return std::nullopt;
    QDataStream stream(&stored);
    quint32 found = 0;
    quint32 sum = 0;
    QByteArray content;
    stream >> found >> sum >> content;
    if (stream.status() != QDataStream::Ok || found != mark ||
        sum != crc32c({content.data(), std::size_t(content.size())}))
        return std::nullopt;
    QDataStream inside(content);
    Head head;
    quint32 count = 0;
    inside >> head.file >> head.pageSize >> count;
    for (quint32 i = 0; i < count; ++i) {
        quint32 number = 0;
        QByteArray page;
        inside >> number >> page;
        head.pages[number] = page.toStdString();
    }
    return head;
}

/// Only one that was kept of this very file.
std::optional<Head> headOf(const QString &file)
{
    auto head = keptHead(file);
    if (head && (head->pageSize < 512 || head->file != identityOf(file)))
        head.reset();
    return head;
}

void store(const QString &file, const Head &head)
{
    QByteArray content;
    QDataStream inside(&content, QIODevice::WriteOnly);
    inside << head.file << head.pageSize << quint32(head.pages.size());
    for (const auto &[number, page] : head.pages)
        inside << quint32{number} << QByteArray::fromStdString(page);
    QSaveFile kept(nameOf(file));
    if (!kept.open(QIODevice::WriteOnly))
        return;
    QDataStream(&kept) << mark << quint32{crc32c({content.data(), std::size_t(content.size())})}
                       << content;
    kept.commit();
}

/// The list of tables stands in the file as the connection sees it, not in the log alone.
bool isInTheFile(SqliteConnection &connection, const Pages &pages)
{
    const auto version = connection.value(u"pragma schema_version"_s);
    return version && version->toUInt() == numberAt(pages.at(1), schemaVersionAt);
}

/// The kept page fits a file that went on after it: all pages count, and none is free.
std::string brought(std::string page, qint64 pageCount)
{
    setNumber(page, pageCountAt, static_cast<std::uint32_t>(pageCount));
    setNumber(page, firstFreeAt, 0);
    setNumber(page, freeCountAt, 0);
    setNumber(page, changesOfSizeAt, numberAt(page, changesAt));
    seal(page, 1);
    return page;
}

} // namespace

void keepHead(SqliteConnection &connection)
{
    const QString &file = connection.file();
    const auto size = connection.value(u"pragma page_size"_s);
    if (!size || connection.reserved() != checksumBytes)
        return;
    auto pages = SchemaPages(file, size->toUInt()).read();
    if (!pages || !isInTheFile(connection, *pages)) {
        (void)connection.value(u"pragma wal_checkpoint(full)"_s);
        pages = SchemaPages(file, size->toUInt()).read();
    }
    if (!pages || !isInTheFile(connection, *pages))
        return;
    const auto kept = keptHead(file);
    const quint64 identity = identityOf(file);
    if (!kept || kept->file != identity || !saysTheSame(*kept, *pages))
        store(file, {identity, size->toUInt(), *std::move(pages)});
}

bool isHeadDamaged(const QString &file)
{
    const auto head = headOf(file);
    QFile there(file);
    if (!head || !there.open(QIODevice::ReadOnly))
        return false;
    return std::ranges::any_of(head->pages, [&](const auto &kept) {
        return there.seek(qint64{kept.first - 1} * head->pageSize) &&
               !isSealed(there.read(head->pageSize).toStdString(), kept.first);
    });
}

bool restoreHead(const QString &file, const QString &copy)
{
    const auto head = headOf(file);
    if (!head)
        return false;
    QFile damaged(copy);
    if (!damaged.open(QIODevice::ReadWrite))
        return false;
    const qint64 count = damaged.size() / head->pageSize;
    for (const auto &[number, page] : head->pages) {
        const qint64 at = qint64{number - 1} * head->pageSize;
        if (number > count || !damaged.seek(at))
            return false;
        if (isSealed(damaged.read(head->pageSize).toStdString(), number))
            continue;
        const std::string whole = number == 1 ? brought(page, count) : page;
        if (!damaged.seek(at) || damaged.write(whole.data(), qint64(whole.size())) < 0)
            return false;
    }
    return damaged.flush();
}

} // namespace engine
