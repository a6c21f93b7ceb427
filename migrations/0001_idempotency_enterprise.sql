ALTER TABLE `idempotency_key` ADD `enterprise_id` text;--> statement-breakpoint
CREATE INDEX `idempotency_key_enterprise` ON `idempotency_key` (`enterprise_id`);