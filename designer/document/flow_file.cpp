#include "designer/document/flow_file.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace designer {
namespace {

constexpr qint64 largestFlowBytes = 16 * 1024 * 1024;

engine::Error unavailable(const QString &what)
{
    return {engine::ErrorCode::Unavailable, what.toStdString()};
}

engine::Result<QByteArray> contentOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unavailable(u"cannot read %1: %2"_s.arg(path, file.errorString()));
    if (file.size() > largestFlowBytes)
        return unavailable(
            u"%1 has %2 bytes; a flow file has at most 16 MiB"_s.arg(path).arg(file.size()));
    return file.readAll();
}

} // namespace

engine::Result<OpenedFlow> openedFlow(const QString &name, const QByteArray &text)
{
    auto read =
        engine::readFlow(std::string_view(text.data(), static_cast<std::size_t>(text.size())));
    if (!read) {
        engine::Error error = read.error();
        error.message = name.toStdString() + ": " + error.message +
                        "; mend the file in a text editor and open it again";
        return error;
    }
    return OpenedFlow{std::move(*read), text};
}

FlowFile::FlowFile(QObject *parent)
    : QObject(parent)
{
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &FlowFile::compare);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &FlowFile::compare);
}

engine::Result<OpenedFlow> FlowFile::open(const QString &path)
{
    auto text = contentOf(path);
    if (!text)
        return text.error();
    auto opened = openedFlow(path, *text);
    if (opened)
        watch(path, *text);
    return opened;
}

engine::Result<void> FlowFile::save(const QString &path, const QByteArray &text)
{
    QSaveFile file(path);
    const bool written = file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    if (!written || !file.commit())
        return unavailable(u"cannot save %1: %2; choose another place with Save as"_s.arg(
            path, file.errorString()));
    watch(path, text);
    return {};
}

void FlowFile::watch(const QString &path, const QByteArray &text)
{
    m_path = path;
    m_text = text;
    if (!m_watcher.files().isEmpty())
        m_watcher.removePaths(m_watcher.files());
    if (!m_watcher.directories().isEmpty())
        m_watcher.removePaths(m_watcher.directories());
    // The folder too: a file that is replaced by renaming is gone for its own watch.
    m_watcher.addPaths({path, QFileInfo(path).absolutePath()});
}

void FlowFile::compare()
{
    const auto text = contentOf(m_path);
    if (!text)
        return; // in the middle of being replaced, or gone: the next save writes it again
    if (!m_watcher.files().contains(m_path))
        m_watcher.addPath(m_path);
    if (*text == m_text)
        return;
    m_text = *text; // said once for each new content
    emit changedOutside();
}

} // namespace designer

#include "moc_flow_file.cpp"
