#include "report/paper.h"
#include "test.h"

static mj_arena arena;
static mj_paper paper;

/* One block of each kind, with what each format would read as its own marks. */
static void write_paper(void) {
  static const char *const heading[] = {"指标", "value|m2"};
  static const bool right[] = {false, true};
  paper = (mj_paper){.arena = &arena, .title = "<档案>", .language = "zh-CN"};
  mj_paper_add(&paper, MJ_BLOCK_TITLE, MJ_TONE_PLAIN, "档案 & 1");
  mj_paper_add(&paper, MJ_BLOCK_TEXT, MJ_TONE_NOTE, "注意");
  mj_paper_verdict(&paper, MJ_TONE_YES, "是", "疑似闲置（待调查认定）");
  mj_paper_add(&paper, MJ_BLOCK_HEADING, MJ_TONE_PLAIN, "面积");
  mj_paper_fact(&paper, "片区", "北片");
  mj_paper_fact(&paper, "code", "a<b");
  mj_block *figure = mj_paper_add(&paper, MJ_BLOCK_FIGURE, MJ_TONE_PLAIN, "图");
  if (figure) figure->svg = "<svg></svg>";
  mj_paper_table(&paper, 2, heading, right);
  mj_paper_cell(&paper, "亩_均");
  mj_paper_cell(&paper, "1.5");
  mj_paper_cell(&paper, NULL);
  mj_paper_cell(&paper, "20");
  mj_paper_say(&paper, MJ_BLOCK_ITEM, MJ_TONE_PLAIN, "%d", 1);
  mj_paper_say(&paper, MJ_BLOCK_ITEM, MJ_TONE_PLAIN, "%d", 2);
  CU_ASSERT_FALSE(paper.failed);
}

static const char *kept(mj_text *out) {
  static char text[20000];
  snprintf(text, sizeof text, "%s", out->data ? out->data : "");
  mj_text_reset(out);
  mj_arena_reset(&arena);
  return text;
}

static void the_terminal_gets_lines_and_columns(void) {
  mj_text out = {0};
  write_paper();
  mj_paper_as_text(&paper, 80, &out);
  ASSERT_TEXT(kept(&out),
              "档案 & 1\n========\n\n  注意\n\n  [是] 疑似闲置（待调查认定）\n\n面积\n----\n\n  片区  北片\n  code  "
              "a<b\n\n  图\n\n"
              "  指标   value|m2\n  -----  --------\n  亩_均       1.5\n               20\n\n  - 1\n  - 2\n");
}

static void markdown_keeps_marks_as_texts(void) {
  mj_text out = {0};
  write_paper();
  mj_paper_as_md(&paper, &out);
  ASSERT_TEXT(kept(&out),
              "# 档案 & 1\n\n> 注意\n\n**是** 疑似闲置（待调查认定）\n\n## 面积\n\n|  |  |\n|---|---|\n| 片区 | 北片 "
              "|\n| code | a\\<b |\n\n图\n\n"
              "| 指标 | value\\|m2 |\n|---|---:|\n| 亩\\_均 | 1.5 |\n|  | 20 |\n\n- 1\n- 2\n");
}

static void html_is_one_file_without_script_or_address(void) {
  mj_text out = {0};
  write_paper();
  mj_paper_as_html(&paper, &out);
  const char *html = kept(&out);
  ASSERT_HAS(html, "<html lang=\"zh-CN\">");
  ASSERT_HAS(html, "<title>&lt;档案&gt;</title>");
  ASSERT_HAS(html, "<h1>档案 &amp; 1</h1>");
  ASSERT_HAS(html, "<p class=\"note\">注意</p>");
  ASSERT_HAS(html, "<div class=\"verdict yes\"><b>是</b><span>疑似闲置（待调查认定）</span></div>");
  ASSERT_HAS(html, "<div><dt>code</dt><dd>a&lt;b</dd></div>");
  ASSERT_HAS(html, "<figure><svg></svg><figcaption>图</figcaption></figure>");
  ASSERT_HAS(html, "<td class=\"n\">1.5</td>");
  ASSERT_HAS(html, "<ul>\n<li>1</li>\n<li>2</li>\n</ul>");
  ASSERT_HAS(html, "@page{size:A4");
  CU_ASSERT_PTR_NULL(strstr(html, "<script"));
  CU_ASSERT_PTR_NULL(strstr(html, "http"));
}

/* U+009B is what ESC [ is in one character. */
static void what_steers_a_terminal_reaches_none(void) {
  static const char *const heading[] = {"a\x1b[2J"};
  for (int format = 0; format < 2; format++) {
    mj_text out = {0};
    paper = (mj_paper){.arena = &arena};
    for (int kind = MJ_BLOCK_TITLE; kind <= MJ_BLOCK_SUBHEADING; kind++)
      mj_paper_add(&paper, (mj_block_kind)kind, MJ_TONE_PLAIN,
                   "档\x1b]0;x\a\r\xC2\x9b"
                   "2J");
    mj_paper_verdict(&paper, MJ_TONE_YES, "\x1b[1m是", "a\rb");
    mj_paper_fact(&paper, "\x1b[8mname", "\x1b[0m\r");
    mj_paper_table(&paper, 1, heading, NULL);
    mj_paper_cell(&paper, "\x1b[0m\r");
    mj_paper_add(&paper, MJ_BLOCK_ITEM, MJ_TONE_PLAIN, "\x1b\r");
    mj_paper_add(&paper, MJ_BLOCK_TEXT, MJ_TONE_NOTE, "\x1b\r");
    if (format) mj_paper_as_md(&paper, &out);
    else mj_paper_as_text(&paper, 80, &out);
    const char *said = kept(&out);
    ASSERT_HAS(said, format ? "# 档?\\]0;x???2J" : "档?]0;x???2J\n");
    for (const char *p = said; *p; p++) CU_ASSERT_FALSE((unsigned char)*p < ' ' && *p != '\n');
    CU_ASSERT_PTR_NULL(strstr(said, "\xC2\x9b"));
  }
}

SUITE_OF(paper, T(what_steers_a_terminal_reaches_none), T(the_terminal_gets_lines_and_columns),
         T(markdown_keeps_marks_as_texts), T(html_is_one_file_without_script_or_address));
