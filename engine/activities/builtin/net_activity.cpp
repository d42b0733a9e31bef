#include "engine/activities/builtin/net_activity.h"

#include <QMetaObject>

#include <utility>

namespace engine {

NetActivity::NetActivity(QObject &net, std::unique_ptr<NetWork> work)
    : m_work(work.release())
{
    m_work->moveToThread(net.thread());
    QMetaObject::invokeMethod(
        &net, [work = m_work, &net] { work->setParent(&net); }, Qt::QueuedConnection);
}

void NetActivity::start(const ActivityRequest &request, ActivityDone done)
{
    QMetaObject::invokeMethod(
        m_work, [work = m_work, request, done = std::move(done)] { work->start(request, done); },
        Qt::QueuedConnection);
}

void NetActivity::cancel(const ActivityKey &key)
{
    QMetaObject::invokeMethod(
        m_work, [work = m_work, key] { work->cancel(key); }, Qt::QueuedConnection);
}

} // namespace engine
