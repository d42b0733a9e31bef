#pragma once

#include "engine/activities/activity.h"

#include <QObject>

#include <memory>

namespace engine {

/// The attempts of one kind of activity that are under way. Net thread; keeps what Activity
/// promises.
class NetWork : public QObject
{
    Q_OBJECT

public:
    virtual void start(const ActivityRequest &request, ActivityDone done) = 0;
    virtual void cancel(const ActivityKey &key) = 0;
};

/// An activity whose attempts all run at once on the net thread.
class NetActivity : public Activity
{
public:
    /// `net` lives on the net thread and outlives us; `work` becomes its child.
    NetActivity(QObject &net, std::unique_ptr<NetWork> work);

    void start(const ActivityRequest &request, ActivityDone done) override;
    void cancel(const ActivityKey &key) override;

protected:
    NetWork &work() const { return *m_work; } ///< used on the net thread only

private:
    NetWork *m_work;
};

} // namespace engine
