#include "designer/document/recovery_copy.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace designer {
namespace {

constexpr int longestWait = 500; ///< ms between an edit and its copy, however large the flow

QString fileFor(const QString &folder, const QString &path, const QString &name)
{
    const QString subject = path.isEmpty() ? u"untitled:"_s + name : QDir::cleanPath(path);
    const QByteArray hash =
        QCryptographicHash::hash(subject.toUtf8(), QCryptographicHash::Sha1).toHex().left(20);
    return QDir(folder).filePath(QString::fromLatin1(hash) + u".unsaved.json"_s);
}

std::optional<UnsavedWork> readCopy(const QString &copy)
{
    QFile file(copy);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QJsonObject kept = QJsonDocument::fromJson(file.readAll()).object();
    if (!kept.contains("text"_L1))
        return std::nullopt;
    return UnsavedWork{copy, kept.value("path"_L1).toString(), kept.value("name"_L1).toString(),
        kept.value("text"_L1).toString().toUtf8()};
}

} // namespace

RecoveryCopy::RecoveryCopy(const QString &folder, std::function<QByteArray()> text, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
    , m_text(std::move(text))
{
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &RecoveryCopy::write);
}

RecoveryCopy::~RecoveryCopy() = default;

QString RecoveryCopy::file() const { return fileFor(m_folder, m_path, m_name); }

void RecoveryCopy::setSubject(const QString &path, const QString &name)
{
    // A flow without a file keeps the name under which its copy began.
    if (path == m_path && (!path.isEmpty() || !m_name.isEmpty()))
        return;
    drop();
    m_path = path;
    m_name = name;
}

void RecoveryCopy::keep()
{
    if (!m_soon.isActive())
        m_soon.start();
}

void RecoveryCopy::drop()
{
    m_soon.stop();
    if (!m_path.isEmpty() || !m_name.isEmpty())
        QFile::remove(file());
}

void RecoveryCopy::write()
{
    QElapsedTimer taken;
    taken.start();
    QDir().mkpath(m_folder);
    const QJsonObject kept{
        {u"path"_s, m_path}, {u"name"_s, m_name}, {u"text"_s, QString::fromUtf8(m_text())}};
    QSaveFile copy(file());
    if (copy.open(QIODevice::WriteOnly))
        copy.write(QJsonDocument(kept).toJson(QJsonDocument::Compact));
    if (!copy.commit() && !m_saidFailed) {
        m_saidFailed = true;
        emit failed(copy.errorString());
    }
    m_soon.setInterval(static_cast<int>(std::min<qint64>(taken.elapsed() * 4, longestWait)));
}

std::optional<UnsavedWork> RecoveryCopy::find(const QString &folder, const QString &path)
{
    return readCopy(fileFor(folder, path, {}));
}

std::vector<UnsavedWork> RecoveryCopy::all(const QString &folder)
{
    std::vector<UnsavedWork> found;
    const QDir dir(folder);
    for (const QString &name : dir.entryList({u"*.unsaved.json"_s}, QDir::Files, QDir::Name))
        if (auto work = readCopy(dir.filePath(name)))
            found.push_back(std::move(*work));
    return found;
}

} // namespace designer

#include "moc_recovery_copy.cpp"
