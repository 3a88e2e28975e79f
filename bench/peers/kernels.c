/* The tuned loops once more, for a compiler that may use all of this machine: cc -O3 -march=native. Reads columns of
   doubles and the rules of task g, then answers a task a line with milliseconds and sums. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define T 6300
#define MEMBERS 500
#define SYMBOLS (3 + MEMBERS)

static double *column(double *data, int k) { return data + (size_t)k * T; }
static double r1[T], r2[T], o1[T], o2[T], o3[T], o4[T], moves[50][T], left[5][T + 1], sorted[T], merged[T];
static int lc[T + 1], ranks[T], tree[T + 1], up[T], have[T], size[T];
static unsigned char fires[T];

static int first_of(const double *x) { int t = 0; while (t < T && x[t] != x[t]) t++; return t; }
static int required(int n) { return n < 20 ? n : (int)ceil(19.0 * n / 20); }
static double count_true(void) { int c = 0; for (int t = 0; t < T; t++) c += fires[t]; return c; }
static double sum_of(const double *x) { double s = 0; for (int t = 0; t < T; t++) if (x[t] == x[t]) s += x[t]; return s; }

static void returns(const double *x, double *out) {
  out[0] = NAN;
  for (int t = 1; t < T; t++) out[t] = (x[t] - x[t - 1]) / x[t - 1];
}

static void streak(const double *a, const double *b, int least) {
  int run = 0;
  for (int t = 0; t < T; t++) {
    run = (run + (a[t] > b[t])) * (1 - (a[t] <= b[t]));
    fires[t] = run >= least;
  }
}

/* Moments of windows about an element of theirs; any of the outputs may be null. */
static void moments(const double *x, int n, double *mean, double *dev, double *score) {
  int start = first_of(x), first = start + n - 1, least = required(n);
  double *outs[3] = {mean, dev, score};
  for (int k = 0; k < 3; k++) if (outs[k]) for (int t = 0; t < first && t < T; t++) outs[k][t] = NAN;
  for (int t = first; t < T;) {
    int pivot = t - t % n, end = pivot + n < T ? pivot + n : T, c = pivot;
    while (c < end - 1 && x[c] != x[c]) c++;
    double centre = x[c], s = 0, q = 0;
    int count = 0;
    left[0][0] = left[1][0] = 0; lc[0] = 0;
    for (int i = pivot - 1, k = 1; i > t - n; i--, k++) {
      double d = x[i] - centre; int p = d == d;
      s += p ? d : 0; q += p ? d * d : 0; count += p;
      left[0][k] = s; left[1][k] = q; lc[k] = count;
    }
    s = q = 0; count = 0;
    for (int i = pivot; i < end; i++) {
      double d = x[i] - centre; int p = d == d;
      s += p ? d : 0; q += p ? d * d : 0; count += p;
      if (i < t) continue;
      int j = pivot - 1 - i + n, m = count + lc[j], known = p && m >= least;
      double total = s + left[0][j], kept = q + left[1][j] - total * total / m;
      if (mean) mean[i] = known ? centre + total / m : NAN;
      if (dev) dev[i] = known ? sqrt(kept > 0 ? kept / m : 0) : NAN;
      if (score) score[i] = known && kept > 0 ? (d * m - total) / sqrt(kept * m) : NAN;
    }
    t = end;
  }
}

static void ema(const double *x, int n, double *out) {
  double w = 2.0 / (n + 1), average = 0; int count = 0;
  for (int t = 0; t < T; t++) {
    out[t] = NAN;
    if (x[t] != x[t]) continue;
    if (++count <= n) { average += x[t]; if (count < n) continue; average /= n; }
    else average += w * (x[t] - average);
    out[t] = average;
  }
}

static void correlation(const double *a, const double *b, int n, double *out) {
  int start = 0, least = required(n);
  while (start < T && (a[start] != a[start] || b[start] != b[start])) start++;
  int first = start + n - 1;
  for (int t = 0; t < first && t < T; t++) out[t] = NAN;
  for (int t = first; t < T;) {
    int pivot = t - t % n, end = pivot + n < T ? pivot + n : T, c = pivot, count = 0;
    while (c < end - 1 && (a[c] != a[c] || b[c] != b[c])) c++;
    double ca = a[c], cb = b[c], sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
    for (int k = 0; k < 5; k++) left[k][0] = 0;
    lc[0] = 0;
    for (int i = pivot - 1, k = 1; i > t - n; i--, k++) {
      double u = a[i] - ca, v = b[i] - cb, uv = u * v;
      if (uv == uv) { sa += u; sb += v; saa += u * u; sbb += v * v; sab += uv; count++; }
      left[0][k] = sa; left[1][k] = sb; left[2][k] = saa; left[3][k] = sbb; left[4][k] = sab; lc[k] = count;
    }
    sa = sb = saa = sbb = sab = 0; count = 0;
    for (int i = pivot; i < end; i++) {
      double u = a[i] - ca, v = b[i] - cb, uv = u * v;
      if (uv == uv) { sa += u; sb += v; saa += u * u; sbb += v * v; sab += uv; count++; }
      if (i < t) continue;
      int j = pivot - 1 - i + n, m = count + lc[j];
      double ta = sa + left[0][j], tb = sb + left[1][j];
      double squares = (saa + left[2][j] - ta * ta / m) * (sbb + left[3][j] - tb * tb / m);
      double value = (sab + left[4][j] - ta * tb / m) / sqrt(squares);
      out[i] = uv == uv && m >= least && squares > 0 ? (value > 1 ? 1 : value < -1 ? -1 : value) : NAN;
    }
    t = end;
  }
}

/* Merges runs of twice the length each time, without a branch for which is less: qsort calls a function for each comparison. */
static double *ascend(double *x, double *spare, int total) {
  for (int width = 1; width < total; width *= 2) {
    for (int low = 0; low < total; low += 2 * width) {
      int middle = low + width < total ? low + width : total, high = low + 2 * width < total ? low + 2 * width : total;
      int i = low, j = middle, k = low;
      while (i < middle && j < high) { int second = x[j] < x[i]; spare[k++] = second ? x[j] : x[i]; j += second; i += 1 - second; }
      while (i < middle) spare[k++] = x[i++];
      while (j < high) spare[k++] = x[j++];
    }
    double *swap = x; x = spare; spare = swap;
  }
  return x;
}

static void percent_rank(const double *x, int n, double *out) {
  int total = 0, first = first_of(x) + n, least = required(n), count = 0;
  for (int t = 0; t < T; t++) if (x[t] == x[t]) sorted[total++] = x[t];
  const double *order = ascend(sorted, merged, total);
  for (int t = 0; t < T; t++) {
    int base = 0;
    for (int length = total; length > 1;) { int half = length >> 1; base += half * (order[base + half - 1] < x[t]); length -= half; }
    ranks[t] = x[t] == x[t] ? base + 1 : 0;
  }
  memset(tree, 0, sizeof tree);
  for (int t = 0; t < T; t++) {
    int today = ranks[t], leaving = t >= n ? ranks[t - n] : 0, most = 0;
    for (int i = today; i > 0; i &= i - 1) most += tree[i];
    out[t] = t >= first && today > 0 && count >= least ? (double)most / count : NAN;
    if (today > 0) for (int i = today; i <= total; i += i & -i) tree[i]++;
    if (leaving > 0) for (int i = leaving; i <= total; i += i & -i) tree[i]--;
    count += (today > 0) - (leaving > 0);
  }
}

/* Four members abreast, so that the tallies are read and written once for four; the compiler takes eight sessions at a time. */
static void breadth(double *data, const double *year, double *out) {
  int edges[64], years = 0;
  for (int t = 0; t < T; t++) if (t == 0 || year[t] != year[t - 1]) edges[years++] = t;
  edges[years] = T;
  memset(up, 0, sizeof up); memset(have, 0, sizeof have);
  for (int m = 0; m < MEMBERS; m += 4) {
    const double *p = column(data, 3 + m), *q = p + T, *r = q + T, *s = r + T, *each[4] = {p, q, r, s};
    double last[4] = {NAN, NAN, NAN, NAN};
    for (int y = 0; y < years; y++) {
      double a = last[0], b = last[1], c = last[2], d = last[3];
      for (int t = edges[y]; t < edges[y + 1]; t++) {
        up[t] += (p[t] > a) + (q[t] > b) + (r[t] > c) + (s[t] > d);
        have[t] += !__builtin_isunordered(p[t], a) + !__builtin_isunordered(q[t], b)
          + !__builtin_isunordered(r[t], c) + !__builtin_isunordered(s[t], d);
      }
      for (int k = 0; k < 4; k++) for (int t = edges[y + 1] - 1; t >= edges[y]; t--) if (each[k][t] == each[k][t]) { last[k] = each[k][t]; break; }
    }
  }
  for (int t = 0; t < T; t++) out[t] = have[t] > 0 && have[t] >= 0.95 * size[t] ? (double)up[t] / have[t] : NAN;
}

struct rule { char kind[4]; int a, b, n, m; double threshold; };
static struct rule rules[1000];

static double one(double *data, struct rule *r) {
  switch (r->kind[1] ? r->kind[1] : r->kind[0]) {
    case 't': streak(moves[r->a], moves[r->b], (int)r->threshold); break;
    case 'm':
      moments(column(data, r->a), r->n, o1, 0, 0); moments(column(data, r->a), r->m, o2, 0, 0);
      for (int t = 0; t < T; t++) fires[t] = o1[t] > o2[t];
      break;
    case 'c':
      correlation(moves[r->a], moves[r->b], r->n, o1);
      for (int t = 0; t < T; t++) fires[t] = o1[t] < r->threshold;
      break;
    default: {
      const double *a = column(data, r->a), *b = column(data, r->b);
      for (int t = 0; t < T; t++) o2[t] = a[t] / b[t];
      moments(o2, r->n, 0, 0, o1);
      for (int t = 0; t < T; t++) fires[t] = o1[t] > r->threshold;
    }
  }
  return count_true();
}

static int seven(double *data, double *sums) {
  const double *spy = column(data, 0), *iwm = column(data, 1), *small = column(data, SYMBOLS), *large = column(data, SYMBOLS + 1);
  returns(iwm, r1); returns(spy, r2);
  streak(r1, r2, 7); sums[0] = count_true();
  for (int t = 0; t < T; t++) fires[t] = 1 - small[t] / large[t] >= 0.3;
  sums[1] = count_true();
  breadth(data, column(data, SYMBOLS + 2), o1);
  for (int t = 0; t < T; t++) fires[t] = o1[t] >= 0.6;
  sums[2] = count_true();
  correlation(r1, r2, 60, o1);
  for (int t = 0; t < T; t++) fires[t] = o1[t] < 0.55;
  sums[3] = count_true();
  for (int t = 0; t < T; t++) o2[t] = iwm[t] / spy[t];
  percent_rank(o2, 2520, o1);
  for (int t = 0; t < T; t++) fires[t] = o1[t] >= 0.9;
  sums[4] = count_true();
  moments(o2, 252, 0, 0, o1);
  for (int t = 0; t < T; t++) fires[t] = o1[t] > 2;
  sums[5] = count_true();
  moments(iwm, 200, o1, 0, 0);
  for (int t = 0; t < T; t++) fires[t] = iwm[t] > o1[t];
  sums[6] = count_true();
  return 7;
}

static int run(char task, double *data, double *sums) {
  const double *spy = column(data, 0), *iwm = column(data, 1);
  switch (task) {
    case 'a': returns(iwm, r1); returns(spy, r2); streak(r1, r2, 7); sums[0] = count_true(); return 1;
    case 'c': breadth(data, column(data, SYMBOLS + 2), o1); sums[0] = sum_of(o1); return 1;
    case 'd': returns(iwm, r1); returns(spy, r2); correlation(r1, r2, 60, o1); sums[0] = sum_of(o1); return 1;
    case 'e': percent_rank(iwm, 2520, o1); sums[0] = sum_of(o1); return 1;
    case 'f':
      moments(iwm, 200, o1, 0, 0); ema(iwm, 200, o2); moments(iwm, 252, 0, o3, o4);
      sums[0] = sum_of(o1); sums[1] = sum_of(o2); sums[2] = sum_of(o3); sums[3] = sum_of(o4);
      return 4;
    case 'g':
      for (int k = 0; k < 50; k++) returns(column(data, k), moves[k]);
      sums[0] = 0;
      for (int k = 0; k < 1000; k++) sums[0] += one(data, &rules[k]);
      return 1;
    default: return seven(data, sums);
  }
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  size_t values = (size_t)(SYMBOLS + 3) * T;
  double *data = malloc(values * sizeof(double));
  FILE *file = fopen(argv[1], "rb");
  if (!file || fread(data, sizeof(double), values, file) != values) return 1;
  file = fopen(argv[2], "r");
  for (int k = 0; k < 1000; k++) {
    struct rule *r = &rules[k];
    if (fscanf(file, "%3s %d %d %d %d %lf", r->kind, &r->a, &r->b, &r->n, &r->m, &r->threshold) != 6) return 1;
  }
  for (int m = 0; m < MEMBERS; m++) for (int t = first_of(column(data, 3 + m)); t < T; t++) size[t]++;
  char line[16];
  while (fgets(line, sizeof line, stdin)) {
    double sums[8];
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    int count = run(line[0], data, sums);
    clock_gettime(CLOCK_MONOTONIC, &to);
    printf("%.6f", (to.tv_sec - from.tv_sec) * 1e3 + (to.tv_nsec - from.tv_nsec) / 1e6);
    for (int k = 0; k < count; k++) printf(" %.12g", sums[k]);
    printf("\n");
    fflush(stdout);
  }
  return 0;
}
