#pragma once

#include "engine/base/ids.h"
#include "engine/model/flow.h"

#include <QObject>

#include <map>
#include <utility>

namespace monitor {

class Feed;

/// The deployed flows, read once each. Main thread.
class FlowBook : public QObject
{
    Q_OBJECT

public:
    explicit FlowBook(Feed &feed, QObject *parent = nullptr);

    /// nullptr: not known yet; the book asks for it and emits changed() when it is here.
    const engine::Flow *find(const engine::FlowId &flow, int version);

Q_SIGNALS:
    void changed();

private:
    void ask();

    Feed &m_feed;
    std::map<std::pair<engine::FlowId, int>, engine::Flow> m_flows;
    bool m_asking = false;
};

} // namespace monitor
