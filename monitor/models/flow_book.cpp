#include "monitor/models/flow_book.h"

#include "engine/model/flow_reader.h"
#include "monitor/engine_feed/feed.h"

namespace monitor {

FlowBook::FlowBook(Feed &feed, QObject *parent)
    : QObject(parent)
    , m_feed(feed)
{}

const engine::Flow *FlowBook::find(const engine::FlowId &flow, int version)
{
    const auto found = m_flows.find({flow, version});
    if (found != m_flows.end())
        return &found->second;
    ask();
    return nullptr;
}

void FlowBook::ask()
{
    if (m_asking)
        return;
    m_asking = true;
    m_feed.flows(this, [this](engine::Result<std::vector<engine::FlowVersion>> versions) {
        m_asking = false;
        if (!versions)
            return;
        const auto before = m_flows.size();
        for (const auto &version : *versions) {
            const std::pair key{version.flow, version.version};
            if (m_flows.contains(key))
                continue;
            if (auto read = engine::readFlow(version.text))
                m_flows.emplace(key, std::move(read->flow));
        }
        if (m_flows.size() != before)
            Q_EMIT changed();
    });
}

} // namespace monitor
