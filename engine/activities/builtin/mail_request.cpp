#include "engine/activities/builtin/mail_request.h"

#include <nlohmann/json.hpp>

#include <QCryptographicHash>
#include <QDateTime>
#include <QLocale>
#include <QUrlQuery>

#include <algorithm>
#include <optional>
#include <vector>

namespace engine {

using namespace Qt::StringLiterals;

namespace {

using nlohmann::json;

Error wrong(const std::string &what, const std::string &pointer)
{
    return {ErrorCode::InvalidArgument, "mail: " + what, pointer};
}

/// Whether a text could begin another header.
bool isOneLine(const QString &text)
{
    return std::none_of(text.begin(), text.end(), [](QChar c) {
        return c.category() == QChar::Other_Control || c == QChar::LineSeparator ||
               c == QChar::ParagraphSeparator;
    });
}

/// Encoded words of at most 75 characters, each on a line (RFC 2047).
QByteArray encodedWords(const QString &text)
{
    QByteArray words;
    for (qsizetype begin = 0; begin < text.size();) {
        qsizetype length = std::min<qsizetype>(text.size() - begin, 39);
        while (text.mid(begin, length).toUtf8().size() > 39)
            --length;
        if (begin + length < text.size() && text.at(begin + length).isLowSurrogate())
            --length;
        words += (words.isEmpty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") +
                 text.mid(begin, length).toUtf8().toBase64() + "?=";
        begin += length;
    }
    return words;
}

/// A header's value in ASCII.
QByteArray encoded(const QString &text)
{
    const bool plain = std::all_of(
        text.begin(), text.end(), [](QChar c) { return c.unicode() >= 32 && c.unicode() < 127; });
    return plain && text.size() < 60 && !text.contains("=?"_L1) ? text.toLatin1()
                                                                : encodedWords(text);
}

/// `a@b.c`, or `Name <a@b.c>`.
struct Mailbox {
    QString name;
    QByteArray address;

    QByteArray header() const
    {
        if (name.isEmpty())
            return address;
        // Always encoded, so that no quote or comma in it means anything.
        return encodedWords(name) + "\r\n <" + address + '>';
    }
};

std::optional<QByteArray> addressFrom(const QString &text)
{
    const qsizetype at = text.lastIndexOf(u'@');
    const QString local = text.left(at);
    const QByteArray host = QUrl::toAce(text.mid(at + 1));
    const bool plain = std::all_of(local.begin(), local.end(), [](QChar c) {
        return c.isDigit() || (c.unicode() < 128 && c.isLetter()) ||
               QStringView(u".!#$%&'*+-/=?^_`{|}~").contains(c);
    });
    if (at <= 0 || at > 64 || host.isEmpty() || host.contains('>') || host.contains(' ') || !plain)
        return {};
    return local.toLatin1() + '@' + host;
}

std::optional<Mailbox> mailboxFrom(const QString &text)
{
    if (!isOneLine(text) || text.size() > 320)
        return {};
    const qsizetype open = text.indexOf(u'<');
    const bool named = open >= 0 && text.trimmed().endsWith(u'>');
    const QString address =
        named ? text.mid(open + 1).trimmed().chopped(1).trimmed() : text.trimmed();
    const QString name = named ? text.left(open).trimmed() : QString();
    const auto plain = addressFrom(address);
    if (!plain || name.size() > 40)
        return {};
    return Mailbox{name, *plain};
}

Result<std::vector<Mailbox>> recipientsFrom(const json &with)
{
    json to = with.value("to", json());
    if (to.is_string())
        to = json::array({to});
    if (!to.is_array() || to.empty() || to.size() > 100)
        return wrong("'to' must be an address, or a list of 1 to 100", "/to");
    std::vector<Mailbox> mailboxes;
    for (const json &entry : to) {
        const auto mailbox = entry.is_string()
                                 ? mailboxFrom(QString::fromStdString(entry.get<std::string>()))
                                 : std::nullopt;
        if (!mailbox)
            return wrong("'to' holds what is no address: " + JsonText::of(entry).text(), "/to");
        mailboxes.push_back(*mailbox);
    }
    return mailboxes;
}

/// The server's address: its query may say `from`, who sends.
Result<QUrl> serverFrom(const json &with)
{
    const json text = with.value("connection", json());
    const QUrl url(text.is_string() ? QString::fromStdString(text.get<std::string>()) : QString(),
        QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() ||
        (url.scheme() != "smtp"_L1 && url.scheme() != "smtps"_L1))
        return wrong("the secret of 'connection' (default: mail) must be an address such as "
                     "smtp://user:password@host:587?from=me@example.org",
            "/connection");
    return url;
}

Result<Mailbox> senderFrom(const json &with, const QUrl &server)
{
    const json written = with.value("from", json());
    QString text = QUrlQuery(server).queryItemValue(u"from"_s, QUrl::FullyDecoded);
    if (written.is_string())
        text = QString::fromStdString(written.get<std::string>());
    else if (text.isEmpty())
        text = server.userName(QUrl::FullyDecoded);
    if (const auto mailbox = mailboxFrom(text))
        return *mailbox;
    return wrong("say who sends it, with 'from' or at the end of the server's address: "
                 "?from=me@example.org",
        "/from");
}

QByteArray base64Lines(const QByteArray &text)
{
    const QByteArray all = text.toBase64();
    QByteArray lines;
    for (qsizetype at = 0; at < all.size(); at += 76)
        lines += all.mid(at, 76) + "\r\n";
    return lines;
}

/// The same for all attempts, so that a mail that came twice can be known for one.
QByteArray messageId(const ActivityRequest &asked)
{
    const QByteArray about =
        QByteArray::fromStdString(asked.instance.value + '/' + toText(asked.key));
    return QCryptographicHash::hash(about, QCryptographicHash::Sha256).toHex().left(40) +
           "@signalbox";
}

} // namespace

Result<MailRequest> mailRequestFrom(const ActivityRequest &asked)
{
    const json with = asked.with.tree();
    if (!with.is_object())
        return wrong("'with' must be an object with 'to', 'subject' and 'text'", "");
    const auto server = serverFrom(with);
    if (!server)
        return server.error();
    const auto sender = senderFrom(with, *server);
    if (!sender)
        return sender.error();
    const auto to = recipientsFrom(with);
    if (!to)
        return to.error();
    const json subject = with.value("subject", json());
    const json text = with.value("text", json());
    if (!subject.is_string() || !text.is_string())
        return wrong(
            "'subject' and 'text' must be texts", subject.is_string() ? "/text" : "/subject");
    const QString line = QString::fromStdString(subject.get<std::string>());
    if (!isOneLine(line) || line.size() > 500)
        return wrong("'subject' must be one line of at most 500 characters", "/subject");

    MailRequest request{.server = *server, .from = sender->address};
    QByteArray receivers;
    for (const Mailbox &mailbox : *to) {
        request.to += mailbox.address;
        receivers += (receivers.isEmpty() ? "" : ",\r\n ") + mailbox.header();
    }
    request.message =
        "From: " + sender->header() + "\r\nTo: " + receivers + "\r\nSubject: " + encoded(line) +
        "\r\nDate: " + QDateTime::currentDateTimeUtc().toString(Qt::RFC2822Date).toLatin1() +
        "\r\nMessage-ID: <" + messageId(asked) +
        ">\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: base64\r\nAuto-Submitted: auto-generated\r\n\r\n" +
        base64Lines(QByteArray::fromStdString(text.get<std::string>()));
    return request;
}

} // namespace engine
