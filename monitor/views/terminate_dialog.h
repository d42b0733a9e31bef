#pragma once

#include "engine/base/ids.h"

#include <QDialog>

class QLabel;
class QLineEdit;

namespace monitor {

class Feed;

/// Asks for the reason, then ends an instance at once. Main thread.
class TerminateDialog : public QDialog
{
    Q_OBJECT

public:
    TerminateDialog(Feed &feed, const engine::InstanceId &instance, QWidget *parent = nullptr);

Q_SIGNALS:
    void terminated();

private:
    void send();

    Feed &m_feed;
    engine::InstanceId m_instance;
    QLineEdit *m_reason;
    QLabel *m_error;
};

} // namespace monitor
