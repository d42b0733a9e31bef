#pragma once

#include <QTabWidget>

namespace app {

/// Tabs with an icon, a mark for unsaved work and a cross. Pages belong to the group while they are
/// in it.
class TabGroup : public QTabWidget
{
    Q_OBJECT

public:
    explicit TabGroup(QWidget *parent = nullptr);

    void addPage(QWidget *page, const QString &icon, const QString &title);
    void setTitle(QWidget *page, const QString &title);
    void setModified(QWidget *page, bool modified);
    /// Takes it out without deleting it.
    void removePage(QWidget *page);
    /// Without crosses: the whole group is shut elsewhere.
    void setPagesClosable(bool closable) { m_closable = closable; }

    /// A page behind must not keep the window wide.
    QSize minimumSizeHint() const override { return {320, 240}; }

signals:
    void closeAsked(QWidget *page);
    void pageChanged(QWidget *page);

private:
    void showIcons();

    bool m_closable = true;
};

} // namespace app
