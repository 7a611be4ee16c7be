"""The HTTP side of the chat page: what the page reads, hears and does.

Everything is JSON (UTF-8), same origin as the page. Ids are integers; in JSON
*object keys* they are strings. Times are Unix seconds. Errors are 4xx with
`{"error": "<sentence in English>"}`.

**Message**: the Bot API Message object (`message_id`, `date`, `chat`, `from`, `text`,
`entities`, `caption`, `caption_entities`, `reply_markup.inline_keyboard`,
`reply_to_message`, `photo`, `document`, `contact`, `edit_date`,
`has_protected_content`, ...) plus `"out": true` when the person holding the phone
wrote it, `false` when the bot did. Entity offsets count UTF-16 units, as JavaScript
strings do.

**Mail**: `{id, from, to: [address], subject, text, html|null, date,
attachments: [{name, mime_type, size, url}]}`; `url` opens the attachment.

**Keyboard rows** (reply keyboard): `[[{text, request_contact?}]]`.

Pages
    GET /                   `page/index.html`
    GET /static/<path>      any other file of `page/`
    GET /api/files/<file_id>
                            the bytes of a document or photo, inline, with its type

State
    GET /api/state
        {
          "bot": {id, first_name, username},
          "phones": [{user_id, name, role, about}],
          "who": [{name, document_type, document, first_key, email, state}],
          "messages": {"<chat_id>": [Message, ...]},        oldest first
          "reply_keyboards": {"<chat_id>": rows},           absent when none is shown
          "blocked": [chat_id, ...],
          "mail": [Mail, ...]                               oldest first
        }

Events
    GET /api/events         server-sent events; `event:` is the name, `data:` one JSON line
        hello     {}                                        connected: now read /api/state
        message   Message                                   new or edited: replace by message_id
        delete    {chat_id, message_id}
        toast     {chat_id, text, alert}                    an answer to a tap (alert: needs an OK)
        answered  {chat_id, message_id}                     the tap on this message was answered
        action    {chat_id, action}                         "typing", "upload_document": show ~5 s
        keyboard  {chat_id, rows}                           rows is null when the keyboard goes away
        blocked   {chat_id, blocked}
        mail      Mail
        phones    {phones: [...], who: [...]}               people were added: replace both lists

Actions (answer `{"update_id": n}` at once; what follows arrives as events)
    POST /api/chats/<chat_id>/say      {"text": "...", "reply_to": message_id?}
    POST /api/chats/<chat_id>/tap      {"message_id": n, "row": n, "col": n}   from 0
    POST /api/chats/<chat_id>/contact  {}                    shares the phone's own number
    POST /api/chats/<chat_id>/upload   multipart: `file`, optional `caption`, optional
                                       `as_photo` ("1" sends an image as a photo)
    POST /api/chats/<chat_id>/block    {"blocked": true|false}

A reply-keyboard button is pressed by saying its text, or with `/contact` when it has
`request_contact`. A url button opens its `url`; `/tap` on it is a 400. A chat whose
phone blocked the bot answers 409 to everything but `/block`.
"""
