#include "engine/activities/builtin/http_activity.h"

#include "engine/activities/builtin/http_calls.h"

#include <QMetaObject>
#include <QObject>

#include <utility>

namespace engine {

HttpActivity::HttpActivity(QObject &net)
    : m_calls(new HttpCalls)
{
    m_calls->moveToThread(net.thread());
    QMetaObject::invokeMethod(
        &net, [calls = m_calls, &net] { calls->setParent(&net); }, Qt::QueuedConnection);
}

void HttpActivity::start(const ActivityRequest &request, ActivityDone done)
{
    QMetaObject::invokeMethod(
        m_calls,
        [calls = m_calls, request, done = std::move(done)] { calls->start(request, done); },
        Qt::QueuedConnection);
}

void HttpActivity::cancel(const ActivityKey &key)
{
    QMetaObject::invokeMethod(
        m_calls, [calls = m_calls, key] { calls->cancel(key); }, Qt::QueuedConnection);
}

} // namespace engine
