#pragma once

#include "engine/base/result.h"
#include "engine/model/flow_reader.h"

#include <QByteArray>
#include <QFileSystemWatcher>
#include <QObject>
#include <QString>

namespace designer {

/// A flow and the text it was read from.
struct OpenedFlow {
    engine::ReadFlow read;
    QByteArray text;
};

/// InvalidArgument names `name`, the line and what to do.
engine::Result<OpenedFlow> openedFlow(const QString &name, const QByteArray &text);

/// The file of an open flow: reads it, writes it whole or not at all, and notices when somebody
/// else changes it. Main thread.
class FlowFile : public QObject
{
    Q_OBJECT

public:
    explicit FlowFile(QObject *parent = nullptr);

    /// Unavailable if the file cannot be read. On success this is the file from now on.
    engine::Result<OpenedFlow> open(const QString &path);
    /// Unavailable says why and what to do; the old file is then untouched.
    engine::Result<void> save(const QString &path, const QByteArray &text);
    const QString &path() const { return m_path; }

signals:
    /// Its bytes are no longer the ones that were read or saved here.
    void changedOutside();

private:
    void watch(const QString &path, const QByteArray &text);
    void compare();

    QString m_path;
    QByteArray m_text; ///< as read or saved here
    QFileSystemWatcher m_watcher;
};

} // namespace designer
