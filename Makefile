# What a newcomer types. `make help` lists it. Every target makes or renews .venv first, when requirements.lock asks for it.
.DEFAULT_GOAL := help
.PHONY: help env demo test lint style types imports structure notebooks bench pictures pages docs lock ci clean

PYTHON ?=
RUN := .venv/bin/python
READY := .venv/.ready
PACKAGES := tariffs settlement dispatch regulations huchu

help: ## 列出所有目标 / list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' Makefile

$(READY): requirements.lock pyproject.toml scripts/environment.sh
	@PYTHON="$(PYTHON)" sh scripts/environment.sh
	@touch $(READY)

env: $(READY) ## 准备环境 .venv / make the environment .venv

demo: $(READY) ## 用自带样例结算并排计划 / settle the shipped samples and plan a station
	@$(RUN) -m huchu demo

test: $(READY) ## 全部测试 / all tests
	@$(RUN) -m pytest -q -n auto

lint: style types imports structure ## 格式、类型、导入、结构 / format, types, imports, structure

style: $(READY) ## 代码风格 / style and format
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .

types: $(READY) ## 类型 / types
	@$(RUN) -m mypy

imports: $(READY) ## 导入方向 / import contracts
	@.venv/bin/lint-imports

structure: $(READY) ## 结构规则 / the rules of the house
	@$(RUN) -m pytest -q tests/structure

notebooks: $(READY) ## 运行笔记本，写成 .ipynb 与文档页 / run the notebooks into .ipynb and pages of the site
	@$(RUN) scripts/write_notebook_pages.py

bench: $(READY) ## 性能 / benchmarks, as ratios in one run, beside other tools in .venv-peers
	@sh scripts/peers.sh
	@$(RUN) -m benchmarks

pictures: $(READY) ## 由样例重画首页图片 / draw the pictures of the README again
	@$(RUN) scripts/make_pictures.py

pages: $(READY) ## 由清单和样例生成文档 / write what the pages take from catalogues and samples
	@$(RUN) scripts/write_findings_page.py
	@$(RUN) scripts/write_articles_page.py
	@$(RUN) scripts/write_regulation_pages.py
	@$(RUN) scripts/write_readme_excerpt.py

# The theme tells of its own future at every start, unless this switch of its own is set.
docs: pages notebooks ## 生成文档网站 site/ / build the site into site/, strictly, without the network
	@NO_MKDOCS_2_WARNING=1 $(RUN) -m mkdocs build --quiet --strict
	@echo "site/index.html"

lock: ## 更新 requirements.lock（需要 uv）/ renew requirements.lock (needs uv)
	@command -v uv >/dev/null 2>&1 || { echo "需要 uv / uv is needed" >&2; exit 1; }
	uv pip compile pyproject.toml --universal --python-version 3.11 --all-extras --group dev --generate-hashes -o requirements.lock -q
	uv pip compile benchmarks/peers.in pyproject.toml -c requirements.lock --universal --python-version 3.11 --generate-hashes -o benchmarks/peers.lock -q

ci: ## 与持续集成相同的检查 / what continuous integration runs
	@.ci/run

clean: ## 删除环境与生成物 / remove the environment and what tools made
	rm -rf .venv .venv-peers build dist out site docs/notebooks huchu-demo benchmarks/out .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find $(PACKAGES) scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +
