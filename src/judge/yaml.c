#include "judge/yaml.h"

#include <stdio.h>
#include <string.h>
#include <yaml.h>

enum { MOST_DEPTH = 32 };

static mj_status fail_at(const mj_rb_doc *doc, yaml_mark_t mark, const char *what) {
  return mj_fail(doc->err, MJ_EFORMAT, "%s:%d:%d: %s", doc->file, (int)mark.line + 1, (int)mark.column + 1, what);
}

static mj_status next_event(const mj_rb_doc *doc, yaml_parser_t *parser, yaml_event_t *event) {
  if (yaml_parser_parse(parser, event)) return MJ_OK;
  if (parser->error == YAML_MEMORY_ERROR) return mj_fail(doc->err, MJ_ENOMEM, "out of memory");
  return fail_at(doc, parser->problem_mark, parser->problem ? parser->problem : "not YAML");
}

static mj_rb_node *new_node(const mj_rb_doc *doc, const yaml_event_t *event, mj_rb_kind kind) {
  mj_rb_node *node = mj_arena_alloc(doc->arena, 1, sizeof *node);
  if (node)
    *node = (mj_rb_node){
        .kind = kind, .line = (int)event->start_mark.line + 1, .column = (int)event->start_mark.column + 1};
  return node;
}

static mj_status read_node(const mj_rb_doc *doc, yaml_parser_t *parser, yaml_event_t *event, int depth,
                           mj_rb_node **out);

/* A key: a plain scalar that the map does not have yet. Its event is used up; the value's is in *event afterwards. */
static mj_status read_key(const mj_rb_doc *doc, yaml_parser_t *parser, yaml_event_t *event, const mj_rb_node *map,
                          mj_rb_node *key) {
  mj_status status = MJ_OK;
  *key = (mj_rb_node){.key_line = (int)event->start_mark.line + 1, .key_column = (int)event->start_mark.column + 1};
  if (event->type != YAML_SCALAR_EVENT)
    status = fail_at(doc, event->start_mark, mj_tr(doc->err ? doc->err->lang : MJ_EN, "a key must be a word"));
  else if (mj_rb_get(map, (const char *)event->data.scalar.value))
    status = mj_fail(doc->err, MJ_EFORMAT, "%s:%d:%d: key '%s' stands twice", doc->file, key->key_line, key->key_column,
                     (const char *)event->data.scalar.value);
  else if (!(key->key = mj_arena_text(doc->arena, (const char *)event->data.scalar.value, event->data.scalar.length)))
    status = mj_fail(doc->err, MJ_ENOMEM, "out of memory");
  yaml_event_delete(event);
  return status ? status : next_event(doc, parser, event);
}

/* Items up to the end event, each appended to @p parent. */
static mj_status read_children(const mj_rb_doc *doc, yaml_parser_t *parser, int depth, mj_rb_node *parent) {
  yaml_event_t event;
  mj_rb_node **tail = &parent->first;
  for (;;) {
    MJ_TRY(next_event(doc, parser, &event));
    bool end = event.type == YAML_MAPPING_END_EVENT || event.type == YAML_SEQUENCE_END_EVENT;
    mj_rb_node key = {0};
    if (end) {
      yaml_event_delete(&event);
      return MJ_OK;
    }
    if (parent->kind == MJ_RB_MAP) MJ_TRY(read_key(doc, parser, &event, parent, &key));
    MJ_TRY(read_node(doc, parser, &event, depth + 1, tail));
    (*tail)->key = key.key;
    (*tail)->key_line = key.key_line;
    (*tail)->key_column = key.key_column;
    tail = &(*tail)->next;
  }
}

/* The node that begins with @p event, which is used up. */
static mj_status read_node(const mj_rb_doc *doc, yaml_parser_t *parser, yaml_event_t *event, int depth,
                           mj_rb_node **out) {
  yaml_event_type_t type = event->type;
  mj_lang lang = doc->err ? doc->err->lang : MJ_EN;
  mj_rb_kind kind = type == YAML_SCALAR_EVENT           ? MJ_RB_SCALAR
                    : type == YAML_SEQUENCE_START_EVENT ? MJ_RB_LIST
                                                        : MJ_RB_MAP;
  mj_status status = MJ_OK;
  if (type == YAML_ALIAS_EVENT)
    status = fail_at(doc, event->start_mark, mj_tr(lang, "anchors and aliases are not used here"));
  else if (depth > MOST_DEPTH) status = fail_at(doc, event->start_mark, mj_tr(lang, "nested too deeply"));
  else if (!(*out = new_node(doc, event, kind))) status = mj_fail(doc->err, MJ_ENOMEM, "out of memory");
  if (!status && kind == MJ_RB_SCALAR) {
    (*out)->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    (*out)->text = mj_arena_text(doc->arena, (const char *)event->data.scalar.value, event->data.scalar.length);
    if (!(*out)->text) status = mj_fail(doc->err, MJ_ENOMEM, "out of memory");
  }
  yaml_event_delete(event);
  if (status || kind == MJ_RB_SCALAR) return status;
  return read_children(doc, parser, depth, *out);
}

mj_status mj_rb_parse(const mj_rb_doc *doc, const char *text, size_t n, mj_rb_node **root) {
  yaml_parser_t parser;
  yaml_event_t event;
  mj_status status = MJ_OK;
  *root = NULL;
  if (!yaml_parser_initialize(&parser)) return mj_fail(doc->err, MJ_ENOMEM, "out of memory");
  yaml_parser_set_input_string(&parser, (const unsigned char *)text, n);
  for (bool end = false; !end && !status;) {
    status = next_event(doc, &parser, &event);
    if (status) break;
    end = event.type == YAML_STREAM_END_EVENT;
    bool wrapper = end || event.type == YAML_STREAM_START_EVENT || event.type == YAML_DOCUMENT_START_EVENT ||
                   event.type == YAML_DOCUMENT_END_EVENT;
    if (wrapper) {
      yaml_event_delete(&event);
    } else if (*root) {
      status = fail_at(doc, event.start_mark, mj_tr(doc->err ? doc->err->lang : MJ_EN, "one document is expected"));
      yaml_event_delete(&event);
    } else {
      status = read_node(doc, &parser, &event, 0, root);
    }
  }
  yaml_parser_delete(&parser);
  if (!status && !*root) status = mj_fail(doc->err, MJ_EFORMAT, "%s: the file is empty", doc->file);
  return status;
}
