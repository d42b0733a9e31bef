#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QString>

#include <vector>

namespace app {

/// A flow file of the user's folder.
struct ShelvedFlow {
    QString name;   ///< without `.flow.json`
    QString folder; ///< relative to the shelf; empty: directly in it
    QString path;

    bool operator==(const ShelvedFlow &) const = default;
};

/// The folder of the user's flows, watched. Main thread.
class FlowShelf : public QObject
{
    Q_OBJECT

public:
    explicit FlowShelf(QString folder, QObject *parent = nullptr);

    const QString &folder() const { return m_folder; }
    /// Sorted by folder and name.
    const std::vector<ShelvedFlow> &flows() const { return m_flows; }
    /// Makes the folder and copies the samples into its subfolder `samples`, if there is no folder
    /// yet: they are the user's own files from then on. Whether it did.
    bool putSamples();
    /// Path of a sample, whether it is still there or not.
    QString samplePath(const QString &name) const;

signals:
    void changed();

private:
    void read();

    QString m_folder;
    std::vector<ShelvedFlow> m_flows;
    QFileSystemWatcher m_watcher;
};

} // namespace app
