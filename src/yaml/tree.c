#include <string.h>
#include <yaml.h>

#include "base/fnv.h"
#include "base/keymap.h"
#include "yaml/yaml.h"

enum { MOST_DEPTH = 32 };

/* One run of the parser over one text. */
typedef struct {
  const mj_yaml_doc *doc;
  const char *text;
  yaml_parser_t parser;
  yaml_event_t event; /* the one to be looked at; empty where next_event failed */
} reader;

static mj_status no_memory(const reader *r) { return mj_fail(r->doc->err, MJ_ENOMEM, "out of memory"); }

static mj_yaml_node place(yaml_mark_t mark) {
  return (mj_yaml_node){.line = (int)mark.line + 1, .column = (int)mark.column + 1};
}

/* Bytes that are no text: libyaml knows only their offset. */
static mj_status fail_bytes(const reader *r, size_t offset, const char *problem) {
  mj_yaml_node at = {.line = 1, .column = 1};
  for (size_t i = 0; i < offset; i++) {
    bool line = r->text[i] == '\n';
    if (line) at.line++;
    at.column = line ? 1 : at.column + (((unsigned char)r->text[i] & 0xC0) != 0x80);
  }
  if (strstr(problem, "UTF-8")) return mj_yaml_fail(r->doc, &at, "expected text saved as UTF-8, found: %s", problem);
  return mj_yaml_fail(r->doc, &at, "%s", problem);
}

static mj_status next_event(reader *r) {
  yaml_event_delete(&r->event);
  if (yaml_parser_parse(&r->parser, &r->event)) return MJ_OK;
  const char *problem = r->parser.problem ? r->parser.problem : "not YAML";
  mj_yaml_node at = place(r->parser.problem_mark);
  r->event = (yaml_event_t){0};
  if (r->parser.error == YAML_MEMORY_ERROR) return no_memory(r);
  if (r->parser.error == YAML_READER_ERROR) return fail_bytes(r, r->parser.problem_offset, problem);
  return mj_yaml_fail(r->doc, &at, "%s", problem);
}

static mj_status copy_scalar(const reader *r, const char **out) {
  const char *text = (const char *)r->event.data.scalar.value;
  size_t n = r->event.data.scalar.length;
  mj_yaml_node at = place(r->event.start_mark);
  if (memchr(text, 0, n)) return mj_yaml_fail(r->doc, &at, "a text must not hold the character NUL");
  *out = mj_arena_text(r->doc->arena, text, n);
  return *out ? MJ_OK : no_memory(r);
}

/* Anchors, aliases and tags would be a second way to say things, and one that no reader of a schema sees. */
static mj_status refuse_extras(const reader *r) {
  const yaml_event_t *e = &r->event;
  mj_yaml_node at = place(e->start_mark);
  bool scalar = e->type == YAML_SCALAR_EVENT, list = e->type == YAML_SEQUENCE_START_EVENT,
       map = e->type == YAML_MAPPING_START_EVENT;
  const yaml_char_t *anchor = scalar ? e->data.scalar.anchor
                              : list ? e->data.sequence_start.anchor
                              : map  ? e->data.mapping_start.anchor
                                     : NULL;
  const yaml_char_t *tag = scalar ? e->data.scalar.tag
                           : list ? e->data.sequence_start.tag
                           : map  ? e->data.mapping_start.tag
                                  : NULL;
  if (anchor || e->type == YAML_ALIAS_EVENT) return mj_yaml_fail(r->doc, &at, "anchors and aliases are not used here");
  if (tag) return mj_yaml_fail(r->doc, &at, "tags such as '%s' are not used here", (const char *)tag);
  return MJ_OK;
}

/* A key: a scalar that the map does not have yet. The event of the value follows. */
static mj_status read_key(reader *r, mj_keymap *seen, mj_yaml_node *key) {
  int32_t number;
  mj_yaml_node at = place(r->event.start_mark);
  MJ_TRY(refuse_extras(r));
  if (r->event.type != YAML_SCALAR_EVENT) return mj_yaml_fail(r->doc, &at, "a key must be one word");
  *key = (mj_yaml_node){.key_line = at.line, .key_column = at.column};
  MJ_TRY(copy_scalar(r, &key->key));
  if (mj_keymap_add(seen, key->key, at.line, &number)) return no_memory(r);
  if (seen->count[number] > 1)
    return mj_yaml_fail(r->doc, &at, "key '%s' stands twice, first on line %d", key->key, (int)seen->first[number]);
  return next_event(r);
}

static mj_status read_node(reader *r, int depth, mj_yaml_node **out);

/* Items up to the end event, each appended to @p parent. */
static mj_status read_children(reader *r, int depth, mj_yaml_node *parent) {
  mj_keymap seen = {0};
  mj_yaml_node **tail = &parent->first;
  mj_status status = MJ_OK;
  for (;;) {
    mj_yaml_node key = {0};
    if ((status = next_event(r))) break;
    if (r->event.type == YAML_MAPPING_END_EVENT || r->event.type == YAML_SEQUENCE_END_EVENT) break;
    if (parent->kind == MJ_YAML_MAP && (status = read_key(r, &seen, &key))) break;
    if ((status = read_node(r, depth + 1, tail))) break;
    (*tail)->key = key.key;
    (*tail)->key_line = key.key_line;
    (*tail)->key_column = key.key_column;
    tail = &(*tail)->next;
  }
  mj_keymap_reset(&seen);
  return status;
}

/* The node that begins with the event at hand, up to its last event. */
static mj_status read_node(reader *r, int depth, mj_yaml_node **out) {
  mj_yaml_node node = place(r->event.start_mark);
  yaml_event_type_t type = r->event.type;
  node.kind = type == YAML_SCALAR_EVENT           ? MJ_YAML_SCALAR
              : type == YAML_SEQUENCE_START_EVENT ? MJ_YAML_LIST
                                                  : MJ_YAML_MAP;
  MJ_TRY(refuse_extras(r));
  if (depth > MOST_DEPTH) return mj_yaml_fail(r->doc, &node, "nested more than %d levels deep", MOST_DEPTH);
  if (node.kind == MJ_YAML_SCALAR) {
    node.quoted = r->event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    MJ_TRY(copy_scalar(r, &node.text));
  }
  *out = mj_arena_alloc(r->doc->arena, 1, sizeof **out);
  if (!*out) return no_memory(r);
  **out = node;
  return node.kind == MJ_YAML_SCALAR ? MJ_OK : read_children(r, depth, *out);
}

static mj_status read_stream(reader *r, mj_yaml_node **root) {
  for (;;) {
    MJ_TRY(next_event(r));
    mj_yaml_node at = place(r->event.start_mark);
    if (r->event.type == YAML_STREAM_END_EVENT) return MJ_OK;
    if (r->event.type == YAML_STREAM_START_EVENT || r->event.type == YAML_DOCUMENT_START_EVENT ||
        r->event.type == YAML_DOCUMENT_END_EVENT)
      continue;
    if (*root) return mj_yaml_fail(r->doc, &at, "a second document begins; one is expected");
    MJ_TRY(read_node(r, 0, root));
  }
}

mj_status mj_yaml_parse(const mj_yaml_doc *doc, const char *text, size_t n, mj_yaml_node **root) {
  reader r = {.doc = doc, .text = text};
  *root = NULL;
  if (doc->hash) *doc->hash = mj_fnv64(MJ_FNV64_START, text, n);
  if (!yaml_parser_initialize(&r.parser)) return no_memory(&r);
  yaml_parser_set_input_string(&r.parser, (const unsigned char *)text, n);
  mj_status status = read_stream(&r, root);
  yaml_event_delete(&r.event);
  yaml_parser_delete(&r.parser);
  if (!status && (!*root || mj_yaml_nothing(*root)))
    status = mj_fail(doc->err, MJ_EFORMAT, "%s: the file is empty", doc->file);
  if (status) *root = NULL;
  return status;
}
