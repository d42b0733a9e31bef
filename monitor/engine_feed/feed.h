#pragma once

#include "engine/door/door.h"

#include <QObject>

#include <functional>
#include <vector>

namespace monitor {

template<typename T>
using Answer = std::function<void(engine::Result<T>)>;

/// What the monitor asks of an engine, wherever that runs. Main thread. An answer comes later, on
/// the main thread, and not at all once its receiver is gone.
class Feed : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void list(
        engine::ListRequest request, QObject *receiver, Answer<engine::InstancePage> answered) = 0;
    virtual void history(engine::HistoryRequest request, QObject *receiver,
        Answer<engine::InstanceHistory> answered) = 0;
    virtual void counts(
        QObject *receiver, Answer<std::vector<engine::InstanceCounts>> answered) = 0;
    virtual void flows(QObject *receiver, Answer<std::vector<engine::FlowVersion>> answered) = 0;
    virtual void start(
        engine::StartRequest request, QObject *receiver, Answer<engine::Acceptance> answered) = 0;
    virtual void raise(
        engine::RaiseRequest request, QObject *receiver, Answer<engine::Acceptance> answered) = 0;
    virtual void terminate(engine::TerminateRequest request, QObject *receiver,
        Answer<engine::Acceptance> answered) = 0;

Q_SIGNALS:
    /// At most ten times a second: the newest state of each instance that changed since the last
    /// time.
    void changed(const std::vector<engine::InstanceSummary> &instances);
    /// The engine stopped by itself: what happened, where, what to do.
    void halted(const QString &problem);
};

} // namespace monitor
