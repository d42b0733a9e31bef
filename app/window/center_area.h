#pragma once

#include <QWidget>

class QSplitter;
class QStackedWidget;
class QToolButton;

namespace app {

class Banner;
class EmptyState;
class TabGroup;

/// The middle of the window: a banner while something is wrong, the tabs, and beside them what
/// belongs to the flow in front (its instances), which can be shut.
class CenterArea : public QWidget
{
    Q_OBJECT

public:
    explicit CenterArea(QWidget *parent = nullptr);

    TabGroup &tabs() { return *m_tabs; }
    Banner &banner() { return *m_banner; }
    /// Puts `page` beside the tabs in place of what was there; takes it.
    void setBeside(QWidget *page, const QString &icon, const QString &title);
    void setBesideShown(bool shown);
    /// Forgets how wide somebody made what is beside.
    void resetWidths();

signals:
    void besideClosed();
    void splitAsked();
    void newFlowAsked();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void shareWidth();

    Banner *m_banner;
    QSplitter *m_splitter;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    TabGroup *m_tabs;
    TabGroup *m_beside;
    bool m_placedByHand = false;
};

} // namespace app
