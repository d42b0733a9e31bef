#pragma once

#include <QStatusBar>

class QLabel;
class QTimer;

namespace app {

/// The lowest 24 px: how the engine is, its address, how much lives on it; at the right what was
/// just said, and whether the flow is saved.
class StatusLine : public QStatusBar
{
    Q_OBJECT

public:
    enum class Engine { Starting, Running, Stopped };

    explicit StatusLine(QWidget *parent = nullptr);

    void setEngine(Engine engine);
    /// Empty: there is no port.
    void setAddress(const QString &address);
    void setLive(qint64 live);
    void setFlow(const QString &text);
    /// One sentence; goes after some seconds.
    void say(const QString &sentence);

private:
    QLabel *addLabel();

    QLabel *m_dot;
    QLabel *m_engine;
    QLabel *m_address;
    QLabel *m_live;
    QLabel *m_said;
    QLabel *m_flow;
    QTimer *m_forget;
};

} // namespace app
