#pragma once

#include "engine/activities/activity.h"
#include "engine/base/result.h"

#include <QByteArray>
#include <QUrl>

#include <utility>
#include <vector>

namespace engine {

/// What a `with` of the http activity asks for.
struct HttpRequest {
    QByteArray method;
    QUrl url;
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
    bool hasBody = false;

    /// Empty: there is no such header. Names match without regard to case.
    QByteArray header(const QByteArray &name) const;
    void setHeader(const QByteArray &name, const QByteArray &value);
    void removeHeader(const QByteArray &name);
};

/// Reads `{ method, url, query, headers, body }`. InvalidArgument says which member is wrong.
Result<HttpRequest> httpRequestFrom(const ActivityRequest &request);

} // namespace engine
