#include "app/window/flow_shelf.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace app {
namespace {

const QString suffix = u".flow.json"_s;
const QString samplesFolder = u"samples"_s;
constexpr std::size_t mostFlows =
    5000; // a shelf that is somebody's whole disk must not stop the window

} // namespace

FlowShelf::FlowShelf(QString folder, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
{
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &FlowShelf::read);
    read();
}

bool FlowShelf::putSamples()
{
    const QDir folder(m_folder);
    if (folder.exists() || !folder.mkpath(samplesFolder))
        return false;
    const QDir samples(u":/examples"_s);
    for (const QString &name : samples.entryList({u'*' + suffix}, QDir::Files)) {
        const QString copy = folder.filePath(samplesFolder + u'/' + name);
        if (QFile::copy(
                samples.filePath(name), copy)) // resources are read-only, and so is their copy
            QFile::setPermissions(
                copy, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther);
    }
    read();
    return true;
}

QString FlowShelf::samplePath(const QString &name) const
{
    return QDir(m_folder).filePath(samplesFolder + u'/' + name + suffix);
}

void FlowShelf::read()
{
    const QDir root(m_folder);
    std::vector<ShelvedFlow> found;
    QStringList folders;
    if (root.exists())
        folders.append(m_folder);
    QDirIterator entries(
        m_folder, QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (entries.hasNext() && found.size() < mostFlows) {
        const QString path = entries.next();
        if (entries.fileInfo().isDir())
            folders.append(path);
        else if (path.endsWith(suffix))
            found.push_back({entries.fileName().chopped(suffix.size()),
                root.relativeFilePath(entries.fileInfo().path()), path});
    }
    for (ShelvedFlow &flow : found)
        if (flow.folder == "."_L1)
            flow.folder.clear();
    std::ranges::sort(found, [](const ShelvedFlow &one, const ShelvedFlow &other) {
        return std::tie(one.folder, one.name) < std::tie(other.folder, other.name);
    });
    if (!folders.isEmpty())
        m_watcher.addPaths(folders);
    if (found == m_flows)
        return;
    m_flows = std::move(found);
    emit changed();
}

} // namespace app
