//! From pest's pairs to the tree: expressions.

use crate::aggregates::Function;
use crate::ast::{ArithOp, CompareOp, DurationLit, DurationUnit, Expr, ExprKind, NumberLit, Quantifier};
use crate::from_pairs::{Builder, Node, is_keyword, last};
use crate::parser::Rule;
use bulou_base::limits;
use bulou_base::source::Span;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::Diagnostic;
use bulou_messages::texts;

impl Builder {
    /// An expression, from any of the grammar's layers; a long chain makes a deep tree and is refused.
    pub fn expr(&mut self, pair: Node<'_>) -> Expr {
        let further = |pair: &Node<'_>| pair.clone().into_inner().count().saturating_sub(1);
        let levels = match pair.as_rule() {
            Rule::sum | Rule::term => further(&pair) / 2,
            Rule::factor | Rule::negation | Rule::postfix => further(&pair),
            _ => 0,
        };
        if self.depth + levels > limits::RULE_DEPTH {
            let span = self.span(&pair);
            self.diagnostics.push(too_deep(span));
            return self.bad_expr(span);
        }
        self.depth += levels;
        let expr = self.form(pair);
        self.depth -= levels;
        expr
    }

    fn form(&mut self, pair: Node<'_>) -> Expr {
        let span = self.span(&pair);
        let form = pair.as_rule();
        let mut inner = pair.clone().into_inner();
        match form {
            Rule::expr | Rule::primary | Rule::group_expr => match inner.next() {
                Some(inner) => self.expr(inner),
                None => self.bad_expr(span),
            },
            Rule::disjunction => self.chain(pair, ExprKind::Or),
            Rule::conjunction => self.chain(pair, ExprKind::And),
            Rule::negation => self.negation(pair),
            Rule::conditional => {
                let mut parts = inner.filter(|pair| pair.as_rule() == Rule::expr).map(|part| self.expr(part));
                let (Some(test), Some(yes)) = (parts.next(), parts.next()) else { return self.bad_expr(span) };
                let no = parts.next().map(Box::new);
                Expr { kind: ExprKind::If(Box::new(test), Box::new(yes), no), span }
            }
            Rule::quantified => self.quantified(pair),
            Rule::by => self.by(pair),
            Rule::relation => self.relation(pair),
            Rule::presence => {
                let present = inner.next().is_some_and(|keyword| keyword.as_rule() == Rule::kw_has);
                let Some(value) = inner.next() else { return self.bad_expr(span) };
                Expr { kind: ExprKind::Has(Box::new(self.expr(value)), present), span }
            }
            Rule::operand => {
                let mut parts = inner.filter(|pair| !is_keyword(pair.as_rule())).map(|part| self.expr(part));
                let Some(value) = parts.next() else { return self.bad_expr(span) };
                match parts.next() {
                    None => value,
                    Some(fallback) => Expr { kind: ExprKind::Default(Box::new(value), Box::new(fallback)), span },
                }
            }
            Rule::sum | Rule::term => self.arithmetic(pair),
            Rule::factor => {
                let signs = inner.clone().filter(|pair| pair.as_rule() == Rule::minus).count();
                let Some(value) = inner.last() else { return self.bad_expr(span) };
                let value = self.expr(value);
                (0..signs).fold(value, |value, _| Expr { kind: ExprKind::Neg(Box::new(value)), span })
            }
            Rule::postfix => self.postfix(pair),
            _ => self.atom(pair),
        }
    }

    fn chain(&mut self, pair: Node<'_>, join: fn(Vec<Expr>) -> ExprKind) -> Expr {
        let span = self.span(&pair);
        let mut parts: Vec<Expr> =
            pair.into_inner().filter(|pair| !is_keyword(pair.as_rule())).map(|part| self.expr(part)).collect();
        match parts.len() {
            1 => parts.pop().unwrap_or_else(|| self.bad_expr(span)),
            _ => Expr { kind: join(parts), span },
        }
    }

    fn negation(&mut self, pair: Node<'_>) -> Expr {
        let span = self.span(&pair);
        let nots = pair.clone().into_inner().filter(|pair| pair.as_rule() == Rule::kw_not).count();
        let Some(value) = last(pair) else { return self.bad_expr(span) };
        let value = self.expr(value);
        (0..nots).fold(value, |value, _| Expr { kind: ExprKind::Not(Box::new(value)), span })
    }

    fn quantified(&mut self, pair: Node<'_>) -> Expr {
        let span = self.span(&pair);
        let mut quantifier = Quantifier::Every;
        let (mut list, mut name, mut body) = (None, None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::kw_some => quantifier = Quantifier::Some,
                Rule::kw_none => quantifier = Quantifier::None,
                Rule::operand => list = Some(self.expr(part)),
                Rule::binding => name = last(part).map(|name| self.name(&name)),
                Rule::expr => body = Some(self.expr(part)),
                _ => {}
            }
        }
        let (Some(list), Some(body)) = (list, body) else { return self.bad_expr(span) };
        Expr { kind: ExprKind::Quantifier(quantifier, Box::new(list), name, Box::new(body)), span }
    }

    fn arithmetic(&mut self, pair: Node<'_>) -> Expr {
        let whole = self.span(&pair);
        let mut value: Option<Expr> = None;
        let mut op = ArithOp::Add;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::plus => op = ArithOp::Add,
                Rule::minus => op = ArithOp::Sub,
                Rule::times => op = ArithOp::Mul,
                Rule::divided => op = ArithOp::Div,
                Rule::kw_int_div => op = ArithOp::IntDiv,
                _ => {
                    // Unlike an operand's own span, that of its pair holds its parentheses.
                    let end = self.span(&part);
                    let right = self.expr(part);
                    value = Some(match value {
                        None => right,
                        Some(left) => {
                            let span = Span { end: end.end, ..whole };
                            Expr { kind: ExprKind::Arith(op, Box::new(left), Box::new(right)), span }
                        }
                    });
                }
            }
        }
        value.unwrap_or_else(|| self.bad_expr(whole))
    }

    fn postfix(&mut self, pair: Node<'_>) -> Expr {
        let whole = self.span(&pair);
        let mut inner = pair.into_inner();
        let Some(first) = inner.next() else { return self.bad_expr(whole) };
        let start = self.span(&first);
        let mut value = self.expr(first);
        for part in inner {
            let span = start.to(self.span(&part));
            let kind = match part.as_rule() {
                Rule::step => match last(part) {
                    Some(name) => ExprKind::Field(Box::new(value), self.name(&name)),
                    None => continue,
                },
                _ => {
                    let (mut name, mut cond) = (None, None);
                    for piece in part.into_inner() {
                        match piece.as_rule() {
                            Rule::binding => name = last(piece).map(|name| self.name(&name)),
                            _ => cond = Some(self.expr(piece)),
                        }
                    }
                    let cond = cond.unwrap_or_else(|| self.bad_expr(span));
                    ExprKind::Filter(Box::new(value), name, Box::new(cond))
                }
            };
            value = Expr { kind, span };
        }
        value
    }

    fn atom(&mut self, pair: Node<'_>) -> Expr {
        let span = self.span(&pair);
        let mut inner = pair.clone().into_inner();
        let kind = match pair.as_rule() {
            Rule::kw_yes => ExprKind::Bool(true),
            Rule::kw_no => ExprKind::Bool(false),
            Rule::kw_today => ExprKind::Today,
            Rule::text => ExprKind::Text(self.string(&pair).text),
            Rule::name => ExprKind::Name(self.name(&pair).text),
            // A day that does not exist was said; what uses it still sees a date.
            Rule::any_date => ExprKind::Date(self.date(pair).unwrap_or_default()),
            Rule::number => ExprKind::Number(self.number(pair)),
            Rule::duration => ExprKind::Duration(self.duration(pair)),
            Rule::list => ExprKind::List(inner.map(|part| self.expr(part)).collect()),
            Rule::all => match inner.last() {
                Some(name) => ExprKind::All(self.name(&name)),
                None => ExprKind::Bool(false),
            },
            Rule::call => match inner.next() {
                Some(name) => {
                    let name = self.name(&name);
                    let args: Vec<Expr> = inner.map(|part| self.expr(part)).collect();
                    self.call(name, args, span)
                }
                None => ExprKind::Bool(false),
            },
            _ => ExprKind::Bool(false),
        };
        Expr { kind, span }
    }

    fn call(&mut self, name: super::ast::Name, args: Vec<Expr>, span: Span) -> ExprKind {
        let Some(function) = Function::named(&name.text) else { return ExprKind::Call(name, args) };
        let wanted = if function.conditional { 2 } else { 1 };
        if args.len() != wanted {
            self.error(
                Code::Arguments,
                span,
                texts::takes_values_given(&name.text, &wanted, &args.len()).text(),
                texts::write_count_list_share().text(),
            );
        }
        let mut args = args.into_iter().map(Box::new);
        match args.next() {
            Some(list) => ExprKind::Aggregate(function.aggregate, list, args.next()),
            None => ExprKind::Bool(false),
        }
    }

    fn number(&mut self, pair: Node<'_>) -> NumberLit {
        let span = self.span(&pair);
        let text = pair.as_str();
        let parts: Vec<Node<'_>> = pair.into_inner().collect();
        let digits: Vec<&str> = parts.iter().filter(|p| p.as_rule() == Rule::digits).map(|p| p.as_str()).collect();
        let suffix = parts.iter().find(|p| p.as_rule() == Rule::number_suffix).map_or("", |p| p.as_str());
        let fraction = digits.get(1).copied().unwrap_or_default();
        let mantissa = digits.concat().parse::<i64>().ok();
        let scale = u32::try_from(fraction.len()).ok().filter(|scale| *scale <= 15);
        let literal = mantissa.zip(scale).and_then(|(mantissa, scale)| match suffix {
            "万" => {
                let zeros = 4_u32.saturating_sub(scale);
                let mantissa = mantissa.checked_mul(10_i64.pow(zeros))?;
                Some(NumberLit { mantissa, scale: scale.saturating_sub(4), times: false })
            }
            "%" | "\u{FF05}" => Some(NumberLit { mantissa, scale: scale + 2, times: false }),
            suffix => Some(NumberLit { mantissa, scale, times: matches!(suffix, "次" | "times" | "time") }),
        });
        literal.unwrap_or_else(|| {
            self.error(
                Code::NumberSize,
                span,
                texts::number_does_not_fit(&text).text(),
                texts::most_18_digits_15().text(),
            );
            NumberLit { mantissa: 0, scale: 0, times: false }
        })
    }

    fn duration(&mut self, pair: Node<'_>) -> DurationLit {
        let span = self.span(&pair);
        let text = pair.as_str();
        let mut inner = pair.into_inner();
        let digits = inner.next().and_then(|digits| digits.as_str().parse::<i32>().ok());
        let written = inner.next().map(|unit| unit.as_str());
        let written = written.map(|unit| unit.strip_suffix('s').unwrap_or(unit));
        let (unit, times) = match written {
            Some("个工作日" | "workday") => (DurationUnit::WorkDays, 1),
            Some("个月" | "month") => (DurationUnit::Months, 1),
            Some("年" | "year") => (DurationUnit::Months, 12),
            Some("周" | "week") => (DurationUnit::Days, 7),
            _ => (DurationUnit::Days, 1),
        };
        let count = digits.and_then(|count| count.checked_mul(times)).filter(|count| *count <= 100_000);
        let count = count.unwrap_or_else(|| {
            self.error(
                Code::NumberSize,
                span,
                texts::duration_too_long(&text).text(),
                texts::most_100000_days().text(),
            );
            0
        });
        DurationLit { count, unit, weeks: matches!(written, Some("周" | "week")) }
    }
}

/// The smallest pair of the same tokens: a wider one may hold the comments after it.
pub(crate) fn innermost(pair: Node<'_>) -> Node<'_> {
    let mut inner = pair.clone().into_inner();
    match (inner.next(), inner.next()) {
        (Some(only), None) if is_same_token(&pair, &only) => innermost(only),
        _ => pair,
    }
}

/// Whether nothing but white space and comments stands around the inner pair.
fn is_same_token(outer: &Node<'_>, inner: &Node<'_>) -> bool {
    outer.as_rule() != Rule::call && outer.as_span().start() == inner.as_span().start()
}

pub(crate) fn compare_op(pair: &Node<'_>) -> CompareOp {
    match pair.clone().into_inner().next().map(|op| op.as_rule()) {
        Some(Rule::ne) => CompareOp::Ne,
        Some(Rule::le) => CompareOp::Le,
        Some(Rule::lt) => CompareOp::Lt,
        Some(Rule::ge) => CompareOp::Ge,
        Some(Rule::gt) => CompareOp::Gt,
        _ => CompareOp::Eq,
    }
}

/// What is said of an expression whose parts stand too deep within one another.
pub fn too_deep(span: Span) -> Diagnostic {
    let limit = limits::RULE_DEPTH;
    let message = texts::operators_definitions_stand_more(&limit).text();
    let help = texts::write_long_chain_list().text();
    Diagnostic::new(Code::Nesting, span, message, help)
}
