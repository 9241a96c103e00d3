"""What a project earns over its life: cash flow, net present value, rates of return, cost of storage, payback."""
