#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>
#include <optional>
#include <vector>

namespace designer {

/// Work that nobody saved before the program ended.
struct UnsavedWork {
    QString copy; ///< the file that keeps it
    QString path; ///< of the flow file; empty: it had none yet
    QString name; ///< of the flow
    QByteArray text;
};

/// Keeps the unsaved text of one open flow in a file of its own, so that no crash takes it. Written
/// after each edit, at the latest as soon as the event loop is free; flows that take long to write
/// wait a little so that typing stays quick. Main thread.
class RecoveryCopy : public QObject
{
    Q_OBJECT

public:
    /// `text` is asked for when a copy is to be written.
    RecoveryCopy(
        const QString &folder, std::function<QByteArray()> text, QObject *parent = nullptr);
    ~RecoveryCopy() override;

    /// Whose copy this is; a copy under another name goes.
    void setSubject(const QString &path, const QString &name);
    /// There is something to keep.
    void keep();
    /// Everything is saved, or is to be forgotten.
    void drop();

    /// What is kept for `path` by a run that did not end well.
    static std::optional<UnsavedWork> find(const QString &folder, const QString &path);
    /// Everything kept in `folder`.
    static std::vector<UnsavedWork> all(const QString &folder);

signals:
    /// The copy cannot be written: work may be lost. Said once.
    void failed(const QString &reason);

private:
    void write();
    QString file() const;

    QString m_folder;
    std::function<QByteArray()> m_text;
    QString m_path;
    QString m_name;
    QTimer m_soon;
    bool m_saidFailed = false;
};

} // namespace designer
