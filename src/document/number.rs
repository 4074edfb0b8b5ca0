//! Exact numbers from their own text (RFC 8259 grammar, already checked by the JSON parser).

/// A number that did not come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bad {
    /// Too large, or too many digits after the point.
    Fit,
    /// Not whole.
    Whole,
}

/// `mantissa / 10^scale`, scale 0 to 18, without trailing zeros after the point.
pub fn decimal(text: &str) -> Result<(i64, u8), Bad> {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let negative = whole.starts_with('-');
    let whole = whole.trim_start_matches('-').trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    if whole.is_empty() && fraction.trim_start_matches('0').is_empty() {
        return Ok((0, 0));
    }
    if whole.len() + fraction.len() > 40 {
        return Err(Bad::Fit);
    }
    let exponent: i64 = exponent.parse().map_err(|_| Bad::Fit)?;
    let mut mantissa: i128 = format!("{whole}{fraction}").parse().map_err(|_| Bad::Fit)?;
    let mut scale = i64::try_from(fraction.len()).map_err(|_| Bad::Fit)?.checked_sub(exponent).ok_or(Bad::Fit)?;
    while scale > 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        scale -= 1;
    }
    if scale < 0 {
        let zeros = u32::try_from(-scale).ok().filter(|zeros| *zeros <= 18).ok_or(Bad::Fit)?;
        mantissa = mantissa.checked_mul(10_i128.pow(zeros)).ok_or(Bad::Fit)?;
        scale = 0;
    }
    let mantissa = i64::try_from(if negative { -mantissa } else { mantissa }).map_err(|_| Bad::Fit)?;
    let scale = u8::try_from(scale).ok().filter(|scale| *scale <= 18).ok_or(Bad::Fit)?;
    Ok((mantissa, scale))
}

/// A whole number; `1.0` and `1e3` are whole.
pub fn integer(text: &str) -> Result<i64, Bad> {
    match decimal(text)? {
        (value, 0) => Ok(value),
        _ => Err(Bad::Whole),
    }
}

#[cfg(test)]
mod tests {
    use super::{Bad, decimal, integer};

    #[test]
    fn numbers_are_exact_or_refused() {
        assert_eq!(decimal("0.10"), Ok((1, 1)));
        assert_eq!(decimal("-1.5e1"), Ok((-15, 0)));
        // Zeros that only the exponent puts after the point.
        assert_eq!((decimal("150e-2"), decimal("1500e-2"), integer("100e-2")), (Ok((15, 1)), Ok((15, 0)), Ok(1)));
        assert_eq!(integer("1e3"), Ok(1000));
        assert_eq!(integer("1.0"), Ok(1));
        assert_eq!(integer("1.5"), Err(Bad::Whole));
        assert_eq!(integer("9223372036854775807"), Ok(i64::MAX));
        assert_eq!(integer("-9223372036854775808"), Ok(i64::MIN));
        assert_eq!(integer("9223372036854775808"), Err(Bad::Fit));
        assert_eq!(decimal("1e400"), Err(Bad::Fit));
        assert_eq!(decimal("0e999999999999"), Ok((0, 0)));
        assert_eq!(decimal(&"9".repeat(5000)), Err(Bad::Fit));
        assert_eq!(decimal("1e-19"), Err(Bad::Fit));
    }
}
