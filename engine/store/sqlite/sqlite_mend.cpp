#include "engine/store/sqlite/sqlite_mend.h"

#include "engine/store/sqlite/change_rows.h"
#include "engine/store/sqlite/file_head.h"
#include "engine/store/sqlite/log_check.h"
#include "engine/store/sqlite/page_checksums.h"
#include "engine/store/sqlite/sqlite_file.h"
#include "engine/store/sqlite/sqlite_schema.h"
#include "engine/store/sqlite/table_salvage.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QVariant>

#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

using namespace Qt::StringLiterals;

namespace engine {
namespace {

using Lines = std::vector<std::string>;

QString markOf(const QString &file) { return file + u".damaged"_s; }

QStringList tablesOf(const SqliteConnection &connection)
{
    QStringList tables;
    QSqlQuery query(connection.database());
    query.exec(
        u"select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'"_s);
    while (query.next())
        tables += query.value(0).toString();
    return tables;
}

bool isIndex(const QString &table)
{
    return std::ranges::find(indexTableNames, table.toStdString()) != indexTableNames.end();
}

/// What lists show of instances says how long their histories have to be, and whose they were.
bool isTakenOver(const QString &table)
{
    return !isIndex(table) || table == u"instance"_s || table == u"instance_payload"_s;
}

class Mend
{
public:
    Mend(const QString &directory, const Summarize &summarize, std::int64_t lookedAt)
        : m_file(databaseFile(directory))
        , m_place(directory + u"/mended"_s)
        , m_summarize(summarize)
        , m_lookedAt(lookedAt)
    {}

    Result<Lines> run()
    {
        auto damaged = look();
        if (!damaged && damaged.error().code == ErrorCode::Damaged && takeHead()) {
            if (const auto again = look()) // else what was wrong first is what there is to say
                damaged = again;
        }
        if (!damaged) {
            removeCopy();
            return damaged.error();
        }
        if (!*damaged)
            return Lines();
        if (auto mended = takeOver(); !mended) {
            removeCopy();
            return mended.error();
        }
        if (auto replaced = replace(); !replaced)
            return replaced.error();
        return m_lines;
    }

private:
    /// What is read: the file, or a copy whose head is whole again.
    const QString &source() const { return m_copy.isEmpty() ? m_file : m_copy; }

    Result<bool> look()
    {
        if (auto opened = open(); !opened)
            return opened.error();
        return isDamaged();
    }

    /// From a copy of the file, because the damaged one stays as it is. Nothing is copied where a head
    /// would mend nothing.
    bool takeHead()
    {
        m_old.reset();
        if (!isHeadDamaged(m_file))
            return false;
        m_lines.clear();
        m_copy = m_file + u".copy"_s;
        removeCopy();
        QFile::copy(m_file + u"-wal"_s, m_copy + u"-wal"_s);
        if (!QFile::copy(m_file, m_copy) || !restoreHead(m_file, m_copy))
            return false;
        say("its first page or its list of tables is damaged; the copy beside it was taken");
        return true;
    }

    void removeCopy()
    {
        m_old.reset();
        for (const auto &ending : {u""_s, u"-wal"_s, u"-shm"_s}) {
            if (!m_copy.isEmpty())
                QFile::remove(m_copy + ending);
        }
    }

    Result<void> open()
    {
        if (auto right = checkHeader(source()); !right)
            return right;
        m_log = logBefore(m_file);
        auto connection = SqliteConnection::open(source(), SqliteConnection::Access::ReadWrite);
        if (!connection)
            return connection.error();
        m_old = *std::move(connection);
        // The log stays for whoever opens it next.
        sqlite3_db_config(m_old->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        // Otherwise SQLite reads nothing of a file whose end is cut off.
        return m_old->run(u"pragma writable_schema = on"_s);
    }

    Result<bool> isDamaged()
    {
        const auto mends = isOurs(*m_old);
        if (!mends || !*mends)
            return mends;
        if (auto whole = checkLog(source(), m_log); !whole)
            return whole.error();
        bool damaged = !m_copy.isEmpty();
        if (QFile::exists(markOf(m_file))) {
            damaged = true;
            say("damage was met in it");
        }
        const QStringList missing = missingParts(*m_old);
        if (!missing.isEmpty()) {
            damaged = true;
            say("these are missing: " + missing.join(u", "_s).toStdString());
        }
        if (!damaged && QFileInfo(source()).size() > m_lookedAt)
            return false;
        // So that no page of the file is older than one in the log.
        if (const auto moved = m_old->value(u"pragma wal_checkpoint(full)"_s); !moved)
            return moved.error();
        const PageReport pages = checkPages(source());
        for (const std::string &words : inWords(pages))
            say(words);
        return damaged || !pages.damaged.empty() || pages.isCutOff;
    }

    Result<void> takeOver()
    {
        QDir(m_place).removeRecursively();
        if (!QDir().mkpath(m_place))
            return Error{ErrorCode::Unavailable,
                m_place.toStdString() + ": this directory cannot be made; check the permissions of "
                                        "the data directory",
                {}};
        auto store = SqliteStore::open(m_place.toStdString());
        if (!store)
            return store.error();
        if (auto copied = copyTables(); !copied)
            return copied;
        auto aside = (*store)->rebuildWhatIsThere(m_summarize, m_perhapsCut);
        if (!aside)
            return aside.error();
        for (const auto &[instance, reason] : *aside)
            say(instance.empty() ? reason
                                 : "instance '" + instance.value + "' is set aside: " + reason);
        return {};
    }

    Result<void> copyTables()
    {
        auto to =
            SqliteConnection::open(databaseFile(m_place), SqliteConnection::Access::ReadWrite);
        if (!to)
            return to.error();
        if (auto begun = (*to)->run(u"begin"_s); !begun)
            return begun;
        for (const QString &table : tablesOf(**to)) {
            if (!isTakenOver(table))
                continue;
            const auto taken = salvage(m_old->handle(), (*to)->handle(), table.toStdString());
            if (!taken)
                return taken.error();
            if (isIndex(table))
                continue; // made again
            if (table == u"history"_s) {
                for (const std::int64_t run : taken->lastBeforeGaps)
                    m_perhapsCut.insert({run});
            }
            if (table == u"change"_s && !taken->gaps.empty()) {
                if (auto done = forgetEpoch(**to); !done) // numbers that were given out are free again
                    return done;
            }
            for (const std::string &gap : taken->gaps)
                say("rows of table " + table.toStdString() + " are lost " + gap);
        }
        return (*to)->run(u"commit"_s);
    }

    /// With all of its log in the file, and no log beside it that the new file would take for its
    /// own.
    Result<void> closeOld()
    {
        if (!m_copy.isEmpty()) {
            removeCopy();
            return {};
        }
        if (const auto moved = m_old->value(u"pragma wal_checkpoint(truncate)"_s); !moved)
            return moved.error();
        m_old.reset();
        if (QFileInfo(m_file + u"-wal"_s).size() > 0)
            return Error{ErrorCode::Unavailable,
                m_file.toStdString() + ": its log is in use; end the program that uses it", {}};
        return {};
    }

    /// One that was not moved into the damaged file goes with it.
    void removeLog(const QString &kept)
    {
        if (QFileInfo(m_file + u"-wal"_s).size() > 0)
            QFile::rename(m_file + u"-wal"_s, kept + u"-wal"_s);
        for (const auto &ending : {u"-wal"_s, u"-shm"_s})
            QFile::remove(m_file + ending);
        markClosed(m_file);
    }

    /// The old file gets another name beside its own before the new one takes that in one step.
    Result<void> replace()
    {
        if (auto closed = closeOld(); !closed)
            return closed;
        const std::filesystem::path file(m_file.toStdString());
        QString kept;
        for (int number = 1; kept.isEmpty() || QFile::exists(kept); ++number)
            kept = m_file + u".damaged-%1"_s.arg(number);
        std::error_code fault;
        std::filesystem::create_hard_link(file, kept.toStdString(), fault);
        if (fault)
            std::filesystem::copy_file(file, kept.toStdString(), fault);
        if (!fault)
            removeLog(kept);
        if (!fault)
            std::filesystem::rename(databaseFile(m_place).toStdString(), file, fault);
        if (fault)
            return Error{ErrorCode::Unavailable,
                m_file.toStdString() + ": the mended database cannot take its place (" +
                    fault.message() + "); check the disk and its permissions",
                {}};
        QDir(m_place).removeRecursively();
        QFile::remove(markOf(m_file));
        say("everything else was taken over; the damaged file is kept as " + kept.toStdString());
        return {};
    }

    void say(const std::string &line) { m_lines.push_back(m_file.toStdString() + ": " + line); }

    QString m_file;
    QString m_place;
    QString m_copy; ///< empty: none was needed
    const Summarize &m_summarize;
    std::int64_t m_lookedAt; ///< bytes
    LogBefore m_log;
    std::unique_ptr<SqliteConnection> m_old;
    Lines m_lines;
    std::set<RunKey> m_perhapsCut; ///< rows of their histories may be missing at the end
};

} // namespace

void noteDamage(const QString &file)
{
    QFile mark(markOf(file));
    (void)mark.open(QIODevice::WriteOnly);
}

bool isLookedAtAtTheStart(const std::string &directory, std::int64_t lookedAt)
{
    return QFileInfo(databaseFile(QString::fromStdString(directory))).size() <= lookedAt;
}

Result<std::vector<std::string>> mendIfDamaged(
    const std::string &directory, const Summarize &summarize, std::int64_t lookedAt)
{
    const QString place = QString::fromStdString(directory);
    if (!QFile::exists(databaseFile(place)))
        return Lines();
    return Mend(place, summarize, lookedAt).run();
}

} // namespace engine
