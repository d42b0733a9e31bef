#pragma once

#include "engine/runtime/summary.h"
#include "engine/store/sqlite/sqlite_connection.h"
#include "engine/store/sqlite/sqlite_reader.h"
#include "engine/store/sqlite/sqlite_schema.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "tests/support/simulation.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QStringList>
#include <QTemporaryDir>
#include <QVariant>

#include <stdexcept>

namespace tests {

/// A database file. It is closed and opened again whenever a scheduler starts on it.
class SqliteDisk final : public SimulatedDisk, private engine::Store
{
public:
    SqliteDisk() { open(); }

    engine::Store &store() override { return *this; }
    std::vector<engine::UndeliveredEvent> undelivered() override
    {
        auto reader = engine::SqliteReader::open(path());
        return *(*reader)->undelivered(engine::undeliveredLimit);
    }
    bool indexesFollow() override
    {
        const QStringList before = tables();
        emptyIndexes();
        const auto rebuilt = m_store->rebuildIndexes([](const auto &rows) {
            return engine::Result<engine::InstanceSummary>(summaryOf(engine::replay(rows)));
        });
        return rebuilt && tables() == before;
    }

    engine::Result<void> commit(const engine::Turn &turn) override { return m_store->commit(turn); }
    engine::Result<std::vector<engine::HistoryRow>> history(engine::RunKey run) override
    {
        return m_store->history(run);
    }
    engine::Result<engine::LatestRows> latest(engine::RunKey run) override
    {
        return m_store->latest(run);
    }
    engine::Result<std::optional<engine::RunKey>> acceptedBy(const engine::InstanceId &instance,
        const std::string &name, const std::string &eventId) override
    {
        return m_store->acceptedBy(instance, name, eventId);
    }
    engine::Result<std::optional<engine::InstanceSummary>> find(
        const engine::InstanceId &instance) override
    {
        return m_store->find(instance);
    }
    engine::Result<std::vector<engine::FinishedRun>> finished(
        const engine::FlowId &flow, int version, int limit) override
    {
        return m_store->finished(flow, version, limit);
    }
    engine::Result<std::int64_t> instancesOf(const engine::FlowId &flow, int version) override
    {
        return m_store->instancesOf(flow, version);
    }
    engine::Result<std::optional<engine::InstanceId>> instanceOf(engine::RunKey run) override
    {
        return m_store->instanceOf(run);
    }
    engine::Result<engine::Recovered> recover() override
    {
        open();
        return m_store->recover();
    }
    engine::CorrelationStore &correlation() override { return m_store->correlation(); }
    engine::Result<std::optional<engine::UndeliveredEvent>> undelivered(std::int64_t id) override
    {
        return m_store->undelivered(id);
    }

private:
    std::string path() const { return m_directory.path().toStdString(); }

    void open()
    {
        m_store.reset();
        auto opened = engine::SqliteStore::open(path());
        if (!opened)
            throw std::runtime_error(opened.error().message);
        m_store = *std::move(opened);
    }

    /// The rows of every table that is made from history, but for snapshots: none is made again.
    QStringList tables() const
    {
        const QString name = QStringLiteral("look");
        QStringList rows;
        {
            auto database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
            database.setDatabaseName(m_directory.filePath(QStringLiteral("signalbox.db")));
            if (!database.open())
                throw std::runtime_error("the database cannot be read");
            for (const char *table : engine::indexTableNames) {
                if (table != std::string_view("snapshot"))
                    rows += rowsOf(database, QString::fromLatin1(table));
            }
        }
        QSqlDatabase::removeDatabase(name);
        return rows;
    }

    void emptyIndexes() const
    {
        const auto connection = engine::SqliteConnection::open(
            m_directory.filePath(QStringLiteral("signalbox.db")),
            engine::SqliteConnection::Access::ReadWrite);
        for (const char *table : engine::indexTableNames) {
            if (!(*connection)->run(QStringLiteral("delete from ") + QLatin1String(table)))
                throw std::runtime_error("an index cannot be emptied");
        }
        if (!tables().isEmpty())
            throw std::runtime_error("the indexes are not empty");
    }

    static QStringList rowsOf(const QSqlDatabase &database, const QString &table)
    {
        QStringList rows;
        QSqlQuery query(database);
        query.exec(QStringLiteral("select * from %1 order by 1, 2").arg(table));
        while (query.next()) {
            QString row = table;
            bool counts = false;
            for (int column = 0; column < query.record().count(); ++column) {
                row += u'|' + query.value(column).toString();
                counts = counts || (column > 1 && query.value(column).toInt() > 0);
            }
            // A version that lost its last instance stays in the table with zeros.
            if (counts || table != QLatin1String("instance_count"))
                rows += row;
        }
        return rows;
    }

    QTemporaryDir m_directory;
    std::unique_ptr<engine::SqliteStore> m_store;
};

} // namespace tests
