"""What sessions show and what becomes of wishes about stock: values that news carry."""
