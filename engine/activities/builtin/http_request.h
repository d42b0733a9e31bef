#pragma once

#include "engine/activities/activity.h"
#include "engine/base/result.h"

#include <QByteArray>
#include <QNetworkRequest>

namespace engine {

/// What a `with` of the http activity asks for.
struct HttpRequest {
    QByteArray method;
    QNetworkRequest request;
    QByteArray body;
};

/// Reads `{ method, url, query, headers, body }`. InvalidArgument says which member is wrong.
Result<HttpRequest> httpRequestFrom(const ActivityRequest &request);

} // namespace engine
