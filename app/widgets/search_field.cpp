#include "app/widgets/search_field.h"

#include "app/widgets/icons.h"

#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace app {

SearchField::SearchField(const QString &placeholder, QWidget *parent)
    : QLineEdit(parent)
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    addAction(icon(u"search"_s, Color::Text3), LeadingPosition);
    setClearButtonEnabled(false);
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty())
        clear();
    else if (event->key() == Qt::Key_Down)
        emit leftDownwards();
    else
        QLineEdit::keyPressEvent(event);
}

} // namespace app
