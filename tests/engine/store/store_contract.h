#pragma once

#include "tests/support/commits.h"
#include "tests/support/store_bench.h"

#include <QTest>

#include <memory>
#include <string>
#include <vector>

namespace tests {

/// What every store must keep: each test runs once on each kind of store, on a new one. A test of
/// the contract says `init() { open(); }` and `…_data() { stores(); }`.
class StoreContract : public QObject
{
protected:
    static void stores()
    {
        QTest::addColumn<int>("bench");
        int index = 0;
        for (const auto &[name, make] : benches())
            QTest::newRow(name) << index++;
    }

    void open()
    {
        QFETCH(const int, bench);
        m_reader.reset();
        m_bench = benches().at(static_cast<std::size_t>(bench)).second();
        m_reader = m_bench->reader();
    }

    /// The store again after a stop; in memory, the same one.
    void reopen()
    {
        m_reader.reset();
        m_bench->reopen();
        m_reader = m_bench->reader();
    }

    engine::Store &store() { return m_bench->store(); }
    engine::Reader &reader() { return *m_reader; }

private:
    std::unique_ptr<StoreBench> m_bench;
    std::unique_ptr<engine::Reader> m_reader;
};

inline void commit(engine::Store &store, const engine::Turn &turn)
{
    if (const auto done = store.commit(turn); !done)
        qFatal("%s", done.error().message.c_str());
}

using Ids = std::vector<std::string>;

inline Ids idsOf(const engine::InstancePage &page)
{
    Ids ids;
    for (const engine::InstanceSummary &summary : page.instances)
        ids.push_back(summary.instance.value);
    return ids;
}

inline Ids listed(engine::Reader &reader, const engine::InstanceFilter &filter)
{
    return idsOf(valueOf(reader.list(filter, {}, 100)));
}

} // namespace tests
