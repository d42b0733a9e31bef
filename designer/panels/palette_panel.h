#pragma once

#include "designer/panels/palette_entries.h"

#include <QPushButton>
#include <QWidget>

class QVBoxLayout;

namespace app {
class SearchField;
}

namespace designer {

/// The steps that can be added: search, click to place one, drag one onto the canvas.
class PalettePanel : public QWidget
{
    Q_OBJECT

public:
    explicit PalettePanel(QWidget *parent = nullptr);

signals:
    /// Clicked, or Enter in the search: the next click on the canvas places it.
    void kindChosen(const QString &kind);

protected:
    void changeEvent(QEvent *event) override;

private:
    void fill();
    void addGroup(const std::vector<PaletteEntry> &entries, std::size_t from, std::size_t to);

    app::SearchField *m_search;
    QWidget *m_groups = nullptr;
    QVBoxLayout *m_column;
};

/// One step of the palette.
class PaletteButton : public QPushButton
{
    Q_OBJECT

public:
    explicit PaletteButton(const PaletteEntry &entry, QWidget *parent = nullptr);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    QString m_kind;
    QPoint m_pressed;
};

} // namespace designer
