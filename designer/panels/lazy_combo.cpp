#include "designer/panels/lazy_combo.h"

#include "app/widgets/icons.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QWheelEvent>

#include <algorithm>

namespace designer {

LazyCombo::LazyCombo(ComboOptions options, QWidget *parent)
    : QComboBox(parent)
    , m_options(std::move(options))
{
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(6);
    setInsertPolicy(QComboBox::NoInsert);
    setFocusPolicy(Qt::StrongFocus);
    connect(this, &QComboBox::activated, this, [this](int at) {
        const QString value = itemData(at).toString();
        emit chosen(value);
    });
}

void LazyCombo::add(const ComboOption &option)
{
    if (option.icon.isEmpty())
        addItem(option.text, option.value);
    else
        addItem(app::icon(option.icon, option.ink), option.text, option.value);
}

void LazyCombo::show(const ComboOption &option)
{
    const QSignalBlocker silent(this);
    m_shown = option;
    clear();
    add(option);
    setCurrentIndex(0);
    if (isEditable() && lineEdit()->text() != option.text)
        setEditText(option.text);
}

QString LazyCombo::value() const { return isEditable() ? currentText() : currentData().toString(); }

void LazyCombo::fill()
{
    const QSignalBlocker silent(this);
    const QString now = value();
    clear();
    const auto options = m_options();
    for (const ComboOption &option : options)
        add(option);
    const int at = findData(now);
    if (at < 0 && !isEditable())
        insertItem(0, m_shown.text, m_shown.value);
    setCurrentIndex(isEditable() ? at : std::max(at, 0));
    if (isEditable())
        setEditText(now);
}

void LazyCombo::showPopup()
{
    fill();
    QComboBox::showPopup();
}

void LazyCombo::keyPressEvent(QKeyEvent *event)
{
    if (count() < 2)
        fill();
    QComboBox::keyPressEvent(event);
}

void LazyCombo::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // the panel scrolls; nothing changes under a passing mouse
}

void LazyCombo::changeEvent(QEvent *event)
{
    QComboBox::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_shown.icon.isEmpty() && !isEditable())
        show(ComboOption(m_shown));
}

} // namespace designer
