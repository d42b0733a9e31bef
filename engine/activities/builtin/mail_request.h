#pragma once

#include "engine/activities/activity.h"
#include "engine/base/result.h"

#include <QByteArray>
#include <QList>
#include <QUrl>

namespace engine {

/// What a `with` of the mail activity asks for.
struct MailRequest {
    QUrl server;     ///< `smtp://` or `smtps://`, with user and password
    QByteArray from; ///< addresses as SMTP takes them, without names
    QList<QByteArray> to;
    QByteArray message; ///< headers and text (RFC 5322), in ASCII
};

/// Reads `{ to, subject, text, from, connection }`. InvalidArgument says which member is wrong.
Result<MailRequest> mailRequestFrom(const ActivityRequest &request);

} // namespace engine
